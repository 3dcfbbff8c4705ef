#!/bin/bash
# Ring session: the built camfx as a process, from its command line to its outputs.
. "$(dirname "$0")/dotnet.inc.sh"
run_projects camfx.Tests
