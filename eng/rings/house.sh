#!/bin/bash
# Ring house: `make run` and the installation, as a user meets them.
exec python3 "$(dirname "$0")/../../tests/house/ring.py"
