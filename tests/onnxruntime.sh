#!/bin/bash
# onnxruntime.sh   prints the path of a libonnxruntime that the tests can use: the system's, or else one taken out of the npm package that carries
# it, in a pinned version, into out/onnxruntime. Debian 12 has no package of it.
set -euo pipefail
cd "$(dirname "$0")/.."
version=1.21.0      # Debian 13's
package=onnxruntime-node
checksum=35e6825fa596d8bf1c4424aacb76c89e5a39a238d0aaed9f0f70fef56e6a6f98abc31844c96297787daf67c5bdafa57168c3d46a7fb8ffb343c1932da2e67113

installed=$(ldconfig -p 2>/dev/null | sed -n 's/^\tlibonnxruntime\.so\.1.* => //p' | head -n 1)
if [ -n "$installed" ]; then echo "$installed"; exit; fi

case $(uname -m) in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
    *) echo "onnxruntime: the npm package has no library for $(uname -m)." >&2; exit 1 ;;
esac
folder=$PWD/out/onnxruntime/$version
library=$folder/libonnxruntime.so.1
if [ ! -f "$library" ]; then
    mkdir -p "$folder"
    work=$(mktemp -d "$folder/fetch.XXXXXX"); trap 'rm -rf "$work"' EXIT
    npm pack "$package@$version" --pack-destination "$work" --silent >&2
    archive=$work/$package-$version.tgz
    echo "$checksum  $archive" | sha512sum --check --quiet >&2
    tar -xzf "$archive" -C "$work" "package/bin/napi-v3/linux/$machine/libonnxruntime.so.1"
    mv "$work/package/bin/napi-v3/linux/$machine/libonnxruntime.so.1" "$library"
fi
echo "$library"
