#!/bin/bash
# torture.sh [OPTION…]   the frame queue under real processes that are killed at random; tests/Camfx.Frames.Torture says what is asserted.
# Without options: 1,000 readers and 1,000 writers killed at 1080p. --kills N, --size WxH, --seed S (as printed) change that.
set -euo pipefail
cd "$(dirname "$0")/.."
here=tests/Camfx.Frames.Torture
out=out/test
mkdir -p "$out"
readers=()
if command -v gcc >/dev/null; then
    gcc -std=c11 -O3 -Wall -Wextra -D_DEFAULT_SOURCE -Isdk/c -o "$out/torture-reader" "$here/Native/torture-reader.c"
    readers+=(--c-reader "$PWD/$out/torture-reader")
fi
if command -v python3 >/dev/null; then readers+=(--python-reader "$PWD/$here/Native/torture_reader.py" --python-sdk "$PWD/sdk/python"); fi
exec timeout --kill-after=10 1200 dotnet exec out/artifacts/bin/Camfx.Frames.Torture/release/Camfx.Frames.Torture.dll \
    --kills 1000 --size 1920x1080 "${readers[@]}" "$@"
