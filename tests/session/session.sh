#!/bin/bash
# session.sh [--portal] CMD…   runs CMD in a private media session: runtime folder, buses, PipeWire, WirePlumber; with --portal also a
# screen nobody sees and the camera portal, its permission granted, as a browser needs them.
#
# Nothing outside is touched, no real device is opened, and all of it ends with CMD, whose exit status is returned.
# A Ctrl-C reaches CMD only: the servers run in process groups of their own, so that CMD can end in order.
# LOGS=FOLDER keeps what the servers said.
set -u
portal=
if [ "${1:-}" = --portal ]; then portal=1; shift; fi
[ $# -gt 0 ] || { echo "usage: session.sh [--portal] CMD…" >&2; exit 2; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
XDG_RUNTIME_DIR=$(mktemp -d "${TMPDIR:-/tmp}/camfx-session.XXXXXX") || exit 1
chmod 700 "$XDG_RUNTIME_DIR"
export XDG_RUNTIME_DIR
export HOME=$XDG_RUNTIME_DIR/home
export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
export XDG_DATA_DIRS=/usr/local/share:/usr/share XDG_CURRENT_DESKTOP=GNOME XDG_SESSION_TYPE=x11
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/system-bus DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
unset DISPLAY WAYLAND_DISPLAY PIPEWIRE_REMOTE PIPEWIRE_RUNTIME_DIR
LOGS=${LOGS:-$XDG_RUNTIME_DIR/log}
mkdir -p "$LOGS" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
cp -r "$here/config/." "$XDG_CONFIG_HOME/"

. "$here/servers.sh"

child='' interrupted=''
finish() {
    local code=$?
    trap - EXIT
    trap '' INT TERM HUP
    [ -z "$child" ] || kill "$child" 2>/dev/null
    stop_servers
    fusermount -uqz "$XDG_RUNTIME_DIR/doc" 2>/dev/null    # the document portal's mount, if it made one
    rm -rf --one-file-system "$XDG_RUNTIME_DIR"
    exit "$code"
}
trap finish EXIT
trap 'interrupted=1' INT
trap '[ -z "$child" ] || kill -TERM "$child"' TERM HUP

start_buses && start_media || exit 1
if [ -n "$portal" ]; then start_portal || exit 1; fi

# In the background so that TERM can be passed on at once; env undoes the shell's habit of ignoring INT there.
env --default-signal=INT,QUIT "$@" <&0 & child=$!
while :; do
    wait "$child"; code=$?
    kill -0 "$child" 2>/dev/null || break
    [ -n "$interrupted" ] || continue
    # The terminal told CMD as well; only a CMD that was not told, or does not end by itself, is asked once more.
    for _ in $(seq 40); do kill -0 "$child" 2>/dev/null || break; sleep .05; done
    kill -TERM "$child" 2>/dev/null; interrupted=''
done
child=''
exit "$code"
