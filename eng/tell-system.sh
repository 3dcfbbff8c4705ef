#!/bin/sh
# tell-system.sh   tells a running system of newly installed files: the user camfx, the rules, the units. Needs root.
set -eu
systemd-sysusers camfx.conf
[ -d /run/systemd/system ] || exit 0        # nothing runs that would have to know
udevadm control --reload
udevadm trigger --subsystem-match=video4linux --action=change
udevadm trigger --sysname-match=v4l2loopback --action=change --settle       # on its own: two kinds of matches must both hold
systemctl daemon-reload
busctl --quiet call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig
systemctl try-restart camfx-helper.service
