#!/bin/bash
# try.sh REPO SUITE   installs the packages of the apt repository REPO in a Debian system that has nothing, uses them as a user, removes and purges
# them, and looks that nothing of theirs is left. Without root it does nothing and says so. apt keeps what it downloads in the cache folder.
set -euo pipefail
repo=$(realpath "$1") suite=$2
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "try: not tried: installing takes root"; exit 0; }
plain=$(eng/deb/root.sh "$suite" plain)
archives=${XDG_CACHE_HOME:-$HOME/.cache}/camfx/deb-archives-$suite
mkdir -p "$archives/partial"
work=$(mktemp -d); trap 'rm -rf --one-file-system "$work"' EXIT
cp -a "$plain" "$work/root"
sed "s|^URIs: .*|URIs: file:/mnt|" "$repo/$suite.sources" >"$work/root/etc/apt/sources.list.d/camfx.sources"
cp eng/deb/try-inside.sh "$work/root/build/"

# Root in a root of its own: it has the network for apt, and sees nothing else of this machine.
code=0
bwrap --unshare-pid --unshare-ipc --unshare-uts --die-with-parent --clearenv --setenv PATH /usr/sbin:/usr/bin:/sbin:/bin --setenv LC_ALL C.UTF-8 \
    --cap-add ALL --bind "$work/root" / --proc /proc --dev /dev --tmpfs /tmp --tmpfs /run --ro-bind "$repo" /mnt \
    --ro-bind /etc/resolv.conf /etc/resolv.conf --bind "$archives" /var/cache/apt/archives \
    bash /build/try-inside.sh >"$work/log" 2>&1 </dev/null || code=$?
if [ $code -ne 0 ]; then tail -n 40 "$work/log" >&2; fi
grep '^try: ' "$work/log" || true
exit $code
