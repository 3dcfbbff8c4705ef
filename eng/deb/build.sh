#!/bin/bash
# build.sh SUITE SOURCE OUT   builds the source folder SOURCE (with debian/, its orig archive beside it) in a root of SUITE; the packages go to OUT.
#
# The root is read-only and without network. The .NET SDK and the cache of NuGet packages of this machine are visible in it, read-only, too.
# CAMFX_SDK_ALSO="FOLDER …" names what else the SDK needs; by default the folders outside of it that its files name, which get copies: an SDK that
# is put together from parts may write there.
set -euo pipefail
suite=$1 source=$2 out=$3
cd "$(dirname "$0")/../.."
root=$(eng/deb/root.sh "$suite" build)
work=$(dirname "$source")
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
nuget=${NUGET_PACKAGES:-$HOME/.nuget/packages}

named() {
    {
        grep -rhoIE '/(opt|srv|usr/local|var/lib)/[[:alnum:]._+/-]+' "$sdk/sdk" --include='*.props' --include='*.targets' --include='*.json' || true
        find "$sdk" -type l -printf '%l\n' | grep ^/ || true
    } | sort -u | while read -r path; do [ ! -d "$path" ] || [[ $path/ == "$sdk"/* ]] || echo "$path"; done
}
also=()
for folder in ${CAMFX_SDK_ALSO-$(named)}; do
    mkdir -p "$work/also/$(dirname "$folder")"
    cp -R "$folder" "$work/also/$folder"
    also+=(--bind "$work/also/$folder" "$folder")
done

# A source package has no history. An SDK that asks git for the commit all the same, and takes any answer, is told nothing.
mkdir -p "$work/tools"
ln -sf /bin/false "$work/tools/git"

# Where something is mounted there must be a folder in the root.
for folder in "$sdk" ${CAMFX_SDK_ALSO-$(named)}; do
    [ -d "$root$folder" ] || mkdir -p "$root$folder" || { echo "deb: $root$folder can only be made by root." >&2; exit 1; }
done

bwrap --unshare-all --die-with-parent --clearenv \
    --ro-bind "$root" / --proc /proc --dev /dev --tmpfs /tmp --tmpfs /run --bind "$work" /build \
    --ro-bind "$sdk" "$sdk" "${also[@]}" --dir /tmp/home --ro-bind "$nuget" /tmp/home/.nuget/packages \
    --setenv PATH "/build/tools:$sdk:/usr/sbin:/usr/bin:/sbin:/bin" --setenv HOME /tmp/home --setenv NUGET_PACKAGES /tmp/home/.nuget/packages --setenv LC_ALL C.UTF-8 \
    --setenv DOTNET_ROOT "$sdk" --setenv DOTNET_CLI_HOME /tmp/home --setenv DOTNET_NOLOGO 1 --setenv DOTNET_CLI_TELEMETRY_OPTOUT 1 \
    --setenv DOTNET_SYSTEM_GLOBALIZATION_INVARIANT 1 --setenv MSBUILDDISABLENODEREUSE 1 --setenv DEB_BUILD_OPTIONS "parallel=$(nproc)" \
    --chdir "/build/$(basename "$source")" \
    dpkg-buildpackage --no-sign </dev/null
mkdir -p "$out"
find "$work" -maxdepth 1 -type f -name 'camfx*' -exec cp -t "$out" {} +
