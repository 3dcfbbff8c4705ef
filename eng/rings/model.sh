#!/bin/bash
# Ring model: Spin checks docs/frame-queue.pml, and finds each fence and rule that is left out of it.
set -u
cd "$(dirname "$0")/../.." || exit
for tool in spin gcc; do
    command -v $tool >/dev/null || { printf 'skip\tring model\t%s is not installed\n' $tool >>"$RESULTS"; exit 0; }
done
exec python3 tests/model/model.py
