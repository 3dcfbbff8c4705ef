#!/bin/bash
# Ring browsers: Chromium, Firefox and GStreamer play the built camfx inside a private desktop session.
set -u
cd "$(dirname "$0")/../.." || exit
skip() { printf 'skip\tring browsers\t%s\n' "$1" >>"$RESULTS"; exit 0; }

out=$PWD/out/test
if ! (cd tests/browser && npm ls --silent >/dev/null 2>&1 || npm ci --no-fund --no-audit); then
    skip "puppeteer-core could not be installed from the npm registry"
fi
# pkg-config's flags are words.
# shellcheck disable=SC2046
gcc -O2 -Wall -o "$out/producer" tests/reference/producer.c $(pkg-config --cflags --libs libpipewire-0.3) || exit
ffmpeg -v error -y -f lavfi -i testsrc2=size=1280x720:rate=30 -t 6 -pix_fmt yuv420p -c:v libx264 -preset ultrafast "$out/clip.mp4" || exit

export CAMFX=${CAMFX:-$PWD/out/bin/camfx} REFERENCE=$out/producer CLIP=$out/clip.mp4 LOGS=$out/session
tests/session/session.sh --portal node tests/browser/ring.js
