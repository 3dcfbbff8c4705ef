#!/bin/bash
# root.sh SUITE build|plain   prints the folder of a Debian release: with what packaging/debian/control wants for building, or with nothing but apt.
#
# It is made once, and again when what it is made from changes; making takes root. The packages come from the archive that this machine's apt
# uses; MIRROR=URL takes another one.
set -euo pipefail
export LC_ALL=C
suite=$1 kind=$2
cd "$(dirname "$0")/../.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/camfx
recipe=$({ echo "$suite $kind"; cat eng/deb/root.sh; [ "$kind" = plain ] || sed -n '/^Build-Depends/,/^$/p' packaging/debian/control; } | sha256sum | cut -c1-12)
root=$cache/deb-$kind-$suite-$recipe

mkdir -p "$cache"
exec 9>"$cache/deb-$kind-$suite.lock"
flock 9
if [ ! -d "$root" ]; then
    [ "$(id -u)" -eq 0 ] || { echo "deb: $root can only be made by root; run make deb once as root, with XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache}." >&2; exit 1; }
    rm -rf --one-file-system "$cache/deb-$kind-$suite"-*
    if [ -z "${MIRROR:-}" ]; then
        MIRROR=$(apt-get indextargets --format "\$(REPO_URI) \$(LABEL)" 'Identifier: Packages' 'Component: main' 'Origin: Debian' |
            awk '$2 == "Debian" { print $1; exit }')
        MIRROR=${MIRROR:-http://deb.debian.org/debian}
    fi
    more=()
    if [ "$kind" = build ]; then
        # OpenSSL is the SDK's. Lintian of the newest release judges all packages.
        packages=build-essential,openssl
        [ "$suite" != trixie ] || packages+=,lintian
        # $1 in a hook is the new system; apt reads the packages from the control file itself.
        # shellcheck disable=SC2016
        more=(--include="$packages"
            --customize-hook='mkdir -p "$1/build/debian"'
            --customize-hook='copy-in packaging/debian/control /build/debian'
            --customize-hook='chroot "$1" sh -c "cd /build && apt-get -y build-dep ."')
    fi
    echo "deb: making a $suite root ($kind)" >&2
    begin=$SECONDS
    log=$cache/deb-$kind-$suite.log
    # What it mounts in the new system goes with it, however it ends.
    unshare --mount mmdebstrap --mode=root --variant=minbase --format=directory \
        --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "5"' \
        --aptopt='DPkg::Options "--force-unsafe-io"' "${more[@]}" "$suite" "$root.new" \
        "deb $MIRROR $suite main" "deb $MIRROR $suite-updates main" >"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; rm -rf --one-file-system "$root.new"; exit 1; }
    mkdir -p "$root.new/build"
    mv "$root.new" "$root"
    echo "deb: made it in $((SECONDS - begin)) s" >&2
fi
echo "$root"
