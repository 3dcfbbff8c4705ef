#!/bin/bash
# Ring stress: the frame queue between real processes, killed at random; `make torture` is the long form.
exec "$(dirname "$0")/../torture.sh" --kills 60 --size 640x360
