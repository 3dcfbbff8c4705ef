#!/bin/bash
# Ring kernel: camfx as `make install` lays it, in virtual machines with real modules; `make soak` is the long form.
exec python3 "$(dirname "$0")/../../tests/kernel/ring.py"
