# shellcheck shell=bash
# Sourced by session.sh: starts the servers of a private session in the order in which they need each other.
servers=()

# server NAME CMD…   starts CMD in a process group of its own; it ends with this shell even if that is killed
server() {
    local name=$1; shift
    setsid setpriv --pdeathsig TERM "$@" >"$LOGS/$name.log" 2>&1 </dev/null & servers+=($!)
}

stop_servers() {
    local i
    for ((i = ${#servers[@]} - 1; i >= 0; i--)); do kill -TERM -- "-${servers[i]}" 2>/dev/null; done
    for i in "${servers[@]}"; do
        for _ in $(seq 40); do kill -0 -- "-$i" 2>/dev/null || break; sleep .05; done
        kill -KILL -- "-$i" 2>/dev/null
    done
    wait 2>/dev/null
}

# until_true WHAT CMD…   waits up to 10 s for CMD to succeed
until_true() {
    local what=$1; shift
    for _ in $(seq 200); do "$@" >/dev/null 2>&1 && return; sleep .05; done
    echo "session: $what did not come up within 10 s; the servers' logs are in $LOGS." >&2
    return 1
}

bus() { gdbus call --session --dest org.freedesktop.DBus --object-path / --method "org.freedesktop.DBus.$1" "${@:2}"; }
owned() { bus NameHasOwner "$1" | grep -q true; }

start_buses() {
    sed "s|@ADDRESS@|$DBUS_SYSTEM_BUS_ADDRESS|" "$XDG_CONFIG_HOME/system-bus.conf" >"$XDG_RUNTIME_DIR/system-bus.conf"
    server system-bus dbus-daemon --nofork --nopidfile --config-file="$XDG_RUNTIME_DIR/system-bus.conf"
    server session-bus dbus-daemon --nofork --nopidfile --session --address="$DBUS_SESSION_BUS_ADDRESS"
    until_true "the session bus" [ -S "$XDG_RUNTIME_DIR/bus" ] && until_true "the system bus" [ -S "$XDG_RUNTIME_DIR/system-bus" ]
}

start_media() {
    server pipewire pipewire
    until_true PipeWire [ -S "$XDG_RUNTIME_DIR/pipewire-0" ] || return
    # Granted before WirePlumber starts: it reads the permission when a client comes.
    [ -z "$portal" ] || grant_camera || return
    server wireplumber wireplumber
    until_true WirePlumber wireplumber_there
}

wireplumber_there() { pw-cli ls Client | grep -q '"WirePlumber"'; }

grant_camera() {
    gdbus call --session --dest org.freedesktop.impl.portal.PermissionStore --object-path /org/freedesktop/impl/portal/PermissionStore \
        --method org.freedesktop.impl.portal.PermissionStore.SetPermission devices true camera "" "['yes']" >"$LOGS/permission.log" 2>&1
}

# The Camera interface exists only with a backend that can ask, and the gtk backend wants a display.
start_portal() {
    local number=$XDG_RUNTIME_DIR/display
    server xvfb sh -c "exec Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>'$number'"
    until_true "the X server" grep -q . "$number" || return
    DISPLAY=:$(<"$number"); export DISPLAY
    dbus-update-activation-environment DISPLAY XDG_CURRENT_DESKTOP XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME HOME
    server portal-gtk /usr/libexec/xdg-desktop-portal-gtk
    until_true "the portal's gtk backend" owned org.freedesktop.impl.portal.desktop.gtk || return
    server portal /usr/libexec/xdg-desktop-portal
    until_true "the portal" owned org.freedesktop.portal.Desktop
}
