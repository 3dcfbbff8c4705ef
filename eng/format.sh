#!/bin/bash
# format.sh   brings all C# into the layout of .editorconfig; --check only looks.
set -euo pipefail
cd "$(dirname "$0")/.."
check=()
[ "${1:-}" != --check ] || check=(--verify-no-changes)
for folder in src tests bench; do
    [ -d "$folder" ] || continue
    dotnet format whitespace "$folder" --folder "${check[@]}"
done
