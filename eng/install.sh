#!/bin/bash
# install.sh SET…   installs the Debian packages of eng/packages/SET.list that are missing; asks apt nothing when none is.
set -euo pipefail
cd "$(dirname "$0")/packages"

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# satisfied PACKAGES COMMAND   one of a|b is installed, or the command is there from elsewhere
satisfied() {
    local package
    [ -n "$2" ] && command -v "$2" >/dev/null && return
    for package in ${1//|/ }; do installed "$package" && return; done
    return 1
}

if ! command -v dotnet >/dev/null; then
    echo "install: the .NET 10 SDK is missing; get it from https://dotnet.microsoft.com/download and put dotnet on PATH." >&2
    exit 1
fi

wanted=()
for set in "$@"; do
    while read -r packages command _; do
        case $packages in '' | '#'*) continue ;; esac
        case $command in '#'*) command= ;; esac
        satisfied "$packages" "$command" || wanted+=("$packages")
    done <"$set.list"
done
[ ${#wanted[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "install: missing ${wanted[*]}; this is not a Debian, install them by hand." >&2
    exit 1
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "install: missing ${wanted[*]}; run as root: apt-get install ${wanted[*]}" >&2; exit 1; }
    root=(sudo)
fi

echo "install: ${wanted[*]}"
"${root[@]}" apt-get -qq update
names=()
for packages in "${wanted[@]}"; do      # of a|b, the first this release has
    name=${packages%%|*}
    for package in ${packages//|/ }; do
        if apt-cache show "$package" >/dev/null 2>&1; then name=$package; break; fi
    done
    names+=("$name")
done
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${names[@]}" >/dev/null
