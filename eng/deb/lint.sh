#!/bin/bash
# lint.sh DIST SUITE…   lintian of Debian 13 judges the packages in DIST/SUITE. Any tag is a failure; what is as it should be has its reason in
# packaging/debian/*.lintian-overrides. One tag is not asked for: that the first changelog entry closes a bug of Debian, where nobody asked for camfx.
set -euo pipefail
dist=$(realpath "$1"); shift
cd "$(dirname "$0")/../.."
root=$(eng/deb/root.sh trixie build)
changes=$(for suite in "$@"; do (cd "$dist" && ls "$suite"/*.changes); done)
# shellcheck disable=SC2086
bwrap --unshare-all --uid 1000 --gid 1000 --die-with-parent --clearenv --setenv PATH /usr/bin:/bin --setenv LC_ALL C.UTF-8 \
    --ro-bind "$root" / --proc /proc --dev /dev --tmpfs /tmp --ro-bind "$dist" /build --chdir /build \
    lintian --suppress-tags initial-upload-closes-no-bugs --display-info --pedantic --tag-display-limit 0 --fail-on error,warning,info,pedantic $changes
