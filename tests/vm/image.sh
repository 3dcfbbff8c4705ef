#!/bin/bash
# image.sh SUITE FOLDER   makes a Debian machine for the tests: FOLDER/root.ext4, vmlinuz, initrd, release. Needs root and 2 GB.
#
# The packages come from the archive that this machine's apt uses; MIRROR=URL takes another one.
set -euo pipefail
export LC_ALL=C
suite=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
begin=$SECONDS
say() { printf 'image %s: %s (%d s)\n' "$suite" "$*" $((SECONDS - begin)) >&2; }

if [ -z "${MIRROR:-}" ]; then
    # The first that is neither security updates nor another distribution's.
    MIRROR=$(apt-get indextargets --format "\$(REPO_URI) \$(LABEL)" 'Identifier: Packages' 'Component: main' 'Origin: Debian' |
        awk '$2 == "Debian" { print $1; exit }')
    MIRROR=${MIRROR:-http://deb.debian.org/debian}
fi
packages=$(sed -n "s/^$suite: *//; /^[a-z0-9][^: ]*\$/p" "$here/packages.list" | paste -sd,)

mkdir -p "$out"
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root
say "packages from $MIRROR"
# $1 in a hook is the new system. Without recommended packages, documents and translations; without the distribution's own initial file system, which nothing here boots.
# shellcheck disable=SC2016
mmdebstrap --mode=root --variant=minbase --format=directory \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "5"' \
    --aptopt='DPkg::Options "--force-unsafe-io"' \
    --dpkgopt=force-confold --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --setup-hook='mkdir -p "$1/etc/initramfs-tools" && echo update_initramfs=no >"$1/etc/initramfs-tools/update-initramfs.conf"' \
    --customize-hook="cp -R $here/guest \"\$1/usr/lib/camfx-vm\"" \
    --customize-hook='chroot "$1" /bin/bash /usr/lib/camfx-vm/customize.sh' \
    --include="$packages" "$suite" "$root" \
    "deb $MIRROR $suite main" "deb $MIRROR $suite-updates main" >"$out/build.log" 2>&1 || { tail -n 40 "$out/build.log" >&2; exit 1; }

mv "$root/boot/vmlinuz" "$root/boot/initrd" "$root/boot/release" "$out/"
rm -rf "${root:?}/boot"
size=$(($(du -sm --apparent-size "$root" | cut -f1) * 11 / 10 + 100))
say "disk of $size MB"
rm -f "$out/root.ext4"
mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -m 0 -E lazy_itable_init=1,root_owner=0:0 -d "$root" "$out/root.ext4" "${size}M"
chmod 444 "$out/root.ext4"
say "done"
