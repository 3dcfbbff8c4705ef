#!/bin/bash
# Ring pipewire: Camfx.PipeWire against real media servers of its own.
. "$(dirname "$0")/dotnet.inc.sh"
run_projects Camfx.PipeWire.Tests
