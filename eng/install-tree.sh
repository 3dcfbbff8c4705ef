#!/bin/bash
# install-tree.sh   lays what `make build` made and what the system reads into $DESTDIR (the running system if empty), for `make install`.
#
# PREFIX (/usr) is where the programs go. What systemd, D-Bus, udev, polkit, sysusers and WirePlumber read is always below /usr: several of
# them look nowhere else. Afterwards the system is told, when DESTDIR is empty.
set -euo pipefail
cd "$(dirname "$0")/.."
root=${DESTDIR:-}
prefix=${PREFIX:-/usr}
lib=$prefix/lib

# put MODE SOURCE TARGET   one file; @LIBDIR@ in it becomes the folder of the programs
put() {
    install -D -m "$1" "$2" "$root$3"
    if grep -q @LIBDIR@ "$2"; then sed -i "s|@LIBDIR@|$lib|g" "$root$3"; fi
}

[ -x out/bin/camfx ] || { echo "install: out/bin/camfx is not there; build it with make build." >&2; exit 1; }
mkdir -p "$root$lib" "$root$prefix/bin"
for program in out/lib/*/; do
    name=$(basename "$program")
    rm -rf "${root:?}$lib/$name"
    cp -R --no-preserve=ownership "$program" "$root$lib/$name"
done
ln -sfn ../lib/camfx/camfx "$root$prefix/bin/camfx"

put 755 data/modules/load-modules "$lib/camfx-helper/load-modules"
for unit in packaging/systemd/*.service; do put 644 "$unit" "/usr/lib/systemd/system/$(basename "$unit")"; done
for unit in packaging/systemd/user/*.service; do put 644 "$unit" "/usr/lib/systemd/user/$(basename "$unit")"; done
for preset in packaging/systemd/user-preset/*.preset; do put 644 "$preset" "/usr/lib/systemd/user-preset/$(basename "$preset")"; done
for interface in data/dbus/*.xml; do
    [ -f "$interface" ] && put 644 "$interface" "$prefix/share/dbus-1/interfaces/$(basename "$interface")"
done
put 644 data/dbus/org.camfx.Helper1.conf /usr/share/dbus-1/system.d/org.camfx.Helper1.conf
put 644 data/dbus/org.camfx.Helper1.service /usr/share/dbus-1/system-services/org.camfx.Helper1.service
put 644 data/dbus/org.camfx.Camfx1.service /usr/share/dbus-1/services/org.camfx.Camfx1.service
put 644 data/polkit/org.camfx.helper.policy /usr/share/polkit-1/actions/org.camfx.helper.policy
put 644 data/polkit/org.camfx.helper.rules /usr/share/polkit-1/rules.d/50-org.camfx.helper.rules
put 644 data/udev/60-camfx.rules /usr/lib/udev/rules.d/60-camfx.rules
put 644 data/sysusers/camfx.conf /usr/lib/sysusers.d/camfx.conf
put 644 data/wireplumber/51-camfx.lua /usr/share/wireplumber/main.lua.d/51-camfx.lua
put 644 data/wireplumber/51-camfx.conf /usr/share/wireplumber/wireplumber.conf.d/51-camfx.conf
put 644 data/completions/camfx.bash /usr/share/bash-completion/completions/camfx
put 644 data/completions/_camfx /usr/share/zsh/vendor-completions/_camfx
put 644 data/completions/camfx.fish /usr/share/fish/vendor_completions.d/camfx.fish
put 644 data/icons/org.camfx.Camfx.svg "$prefix/share/icons/hicolor/scalable/apps/org.camfx.Camfx.svg"
put 644 data/metainfo/org.camfx.Camfx.metainfo.xml "$prefix/share/metainfo/org.camfx.Camfx.metainfo.xml"
for page in man/*.[1-8]; do
    [ -f "$page" ] && put 644 "$page" "$prefix/share/man/man${page##*.}/$(basename "$page")"
done
# The administrator's: what is there stays.
[ -e "$root/etc/camfx/devices.conf" ] || put 644 data/modules/devices.conf /etc/camfx/devices.conf

# For who writes sources and plug-ins.
put 644 sdk/c/camfx-queue.h "$prefix/include/camfx-queue.h"
put 644 sdk/python/camfx_queue.py "$prefix/lib/python3/dist-packages/camfx_queue.py"
for example in sdk/c/examples/*.c sdk/python/examples/*.py; do put 644 "$example" "$prefix/share/doc/camfx-dev/examples/$(basename "$example")"; done

[ -z "$root" ] || exit 0
eng/tell-system.sh
