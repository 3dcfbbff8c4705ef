#!/bin/bash
# fuzz.sh [OPTION…]   a hostile producer forges frame queues under the reader's eyes; tests/Camfx.Frames.Fuzz says what is asserted.
# Without options: 10 million mutations. --seed S (as printed) and --count N repeat a run; --first CASE --cases 1 repeats one case.
set -euo pipefail
cd "$(dirname "$0")/.."
exec timeout --kill-after=10 1200 dotnet exec out/artifacts/bin/Camfx.Frames.Fuzz/release/Camfx.Frames.Fuzz.dll --count 10000000 "$@"
