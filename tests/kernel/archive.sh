#!/bin/bash
# archive.sh   gives the machine dist/repo as its only archive: what autopkgtest(1) does before a test.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
find /etc/apt/sources.list /etc/apt/sources.list.d -type f -delete
sed "s|^URIs: .*|URIs: file:$PWD/dist/repo|; s|^Types: .*|Types: deb|" "dist/repo/$suite.sources" >/etc/apt/sources.list.d/camfx.sources
apt-get -q update
