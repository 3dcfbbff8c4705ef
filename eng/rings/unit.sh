#!/bin/bash
# Ring unit: the xunit projects that need nothing but this machine's kernel and the native libraries.
. "$(dirname "$0")/dotnet.inc.sh"
projects=()
for folder in "$(dirname "$0")"/../../tests/*.Tests; do
    case $(basename "$folder") in
        Camfx.PipeWire.Tests | camfx.Tests) ;;      # rings pipewire and session
        *) projects+=("$(basename "$folder")") ;;
    esac
done
run_projects "${projects[@]}"
