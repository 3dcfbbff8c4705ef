#!/bin/bash
# lint.sh   every check that is not a test; runs all of them, fails if one did.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
code=0
# check NAME CMD…   prints one line, and the output only of a check that failed
check() {
    local name=$1 begin=$SECONDS output; shift
    if output=$("$@" 2>&1); then echo "lint $name: ok ($((SECONDS - begin)) s)"
    else echo "lint $name: FAILED ($((SECONDS - begin)) s)"; printf '%s\n' "$output" | tail -n 60 | sed 's/^/  /'; code=1; fi
}
# scripts   lists every shell script git knows or would take
scripts() { git ls-files -z --cached --others --exclude-standard | xargs -0 grep -lIE '^#!.*\b(ba|da)?sh$|^# shellcheck shell=' --; }

check rules python3 eng/checks.py
check dbus-docs python3 eng/dbus-docs.py --check
mapfile -t shell < <(scripts)
# pages   every warning of a manual page is an error
pages() {
    local page said code=0
    for page in man/*.[1-8]; do
        said=$(groff -K utf8 -man -Tutf8 -rLL=100n -ww -z "$page" 2>&1; if command -v mandoc >/dev/null; then mandoc -T lint -W warning "$page"; fi)
        [ -z "$said" ] || { printf '%s\n' "$said"; code=1; }
    done
    return "$code"
}
check doctor-page python3 eng/doctor-page.py
check manual pages
check metainfo appstreamcli validate --no-net data/metainfo/org.camfx.Camfx.metainfo.xml
check scripts shellcheck "${shell[@]}"
check layout eng/format.sh --check
check build dotnet build camfx.sln -c Release -nologo -v quiet
check man-pages python3 eng/man-pages.py --check
exit $code
