#!/bin/bash
# run.sh [OPTIONS OF camfx run]   runs the built camera in the PipeWire session there is, else in one started for the run. Where no source is named
# it shows the best camera of this machine, or a test picture if there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
camfx=$PWD/out/bin/camfx
command='gst-launch-1.0 pipewiresrc target-object=camfx ! videoconvert ! autovideosink'

case " $* " in
    *' --source'[\ =]*) ;;
    *) if "$camfx" source controls camera: >/dev/null 2>&1; then set -- --source camera: "$@"; fi ;;
esac

if timeout 3 pw-cli info 0 >/dev/null 2>&1; then
    echo "run: pick the camera \"camfx\" in a browser (Chromium: --enable-features=WebRtcPipeWireCamera; Firefox: about:config" \
        "media.webrtc.camera.allow-pipewire), or: $command"
    exec "$camfx" run "$@"
fi

# The session's own home is for its servers; the camera keeps the user's.
# shellcheck disable=SC2016
exec tests/session/session.sh env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME HOME="$HOME" bash -c '
    echo "run: no PipeWire session answers, so this one is private; see the picture with: XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR $1"
    shift; exec "$@"' run "$command" "$camfx" run "$@"
