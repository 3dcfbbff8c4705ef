#!/bin/bash
# deb.sh [--twice] [SUITE…]   builds the Debian packages of the committed tree for Debian 13 (trixie) and 12 (bookworm), judges them, and makes an apt repository:
# dist/*.deb and dist/repo. --twice builds twice and compares. ARCH=amd64|arm64: for that machine, which must be this one.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
twice=
if [ "${1:-}" = --twice ]; then twice=1; shift; fi
suites=("$@"); [ $# -gt 0 ] || suites=(trixie bookworm)
begin=$SECONDS

# why_not ARCH   says why there are no packages for another machine
why_not() {
    local cpu=aarch64 runtime=linux-arm64
    [ "$1" = arm64 ] || cpu=x86_64 runtime=linux-x64
    CAMFX_MACHINE=$cpu eng/build.sh --restore >/dev/null 2>&1 || true
    if [ -d "${NUGET_PACKAGES:-$HOME/.nuget/packages}/microsoft.netcore.app.runtime.$runtime" ]; then
        echo "deb: the packages for $1 are built on such a machine, for the probe of FFmpeg's headers runs where it is compiled for." >&2
    else
        echo "deb: there are no packages for $1: the NuGet sources of this machine lack Microsoft.NETCore.App.Runtime.$runtime, .NET's runtime for it." >&2
    fi
}
case ${ARCH:-$(dpkg --print-architecture)} in
    "$(dpkg --print-architecture)") ;;
    amd64 | arm64) why_not "$ARCH"; exit 1 ;;
    *) echo "deb: the packages are for amd64 and arm64, not for $ARCH." >&2; exit 2 ;;
esac

say() { echo "deb: $* ($((SECONDS - begin)) s)"; }
[ -z "$(git status --porcelain)" ] || echo "deb: what is not committed is not in the packages." >&2

version=$(dpkg-parsechangelog -l packaging/debian/changelog -S Version)
name=camfx-${version%-*}

# source_of SUITE FOLDER   lays the source of a release's packages into FOLDER
source_of() {
    local suite=$1 folder=$2
    rm -rf "$folder"
    mkdir -p "$folder/$name/debian"
    git archive --prefix="$name/" HEAD -- . ':!packaging/debian' | xz >"$folder/camfx_${version%-*}.orig.tar.xz"
    tar -xJf "$folder/camfx_${version%-*}.orig.tar.xz" -C "$folder"
    git archive HEAD:packaging/debian | tar -x -C "$folder/$name/debian"
    [ "$suite" != bookworm ] || {
        printf 'camfx (%s~deb12u1) bookworm; urgency=medium\n\n  * Built for Debian 12.\n\n' "$version"
        sed -n '/^ -- /{p;q}' packaging/debian/changelog | sed -E 's/(:[0-9]{2}:)00 /\101 /'     # a second later: each entry has its own time
        echo
        cat packaging/debian/changelog
    } >"$folder/$name/debian/changelog"
}

# build SUITE OUT   what it prints goes to OUT/build.log
build() {
    local suite=$1 out=$2 work=out/deb/$1
    rm -rf "$out"
    mkdir -p "$out"
    source_of "$suite" "$work"
    eng/deb/build.sh "$suite" "$PWD/$work/$name" "$PWD/$out" >"$out/build.log" 2>&1 || {
        echo "deb: $suite was not built; the end of $out/build.log:" >&2
        tail -n 40 "$out/build.log" >&2
        return 1
    }
    rm -rf "$work"
    say "$suite: $(cd "$out" && du -sh --apparent-size -- *.deb | awk '{print $2, $1}' | paste -sd, | sed 's/,/, /g')"
}

# build_all FOLDER   the releases at the same time, each into FOLDER/SUITE
build_all() {
    local suite job jobs=()
    for suite in "${suites[@]}"; do build "$suite" "$1/$suite" & jobs+=($!); done
    for job in "${jobs[@]}"; do wait "$job" || exit 1; done
}

eng/build.sh --restore      # there is no network where the packages are built
rm -f dist/*.deb
build_all dist
if [ -n "$twice" ]; then
    build_all out/deb-again
    for suite in "${suites[@]}"; do
        for package in "dist/$suite"/*.deb; do cmp "$package" "out/deb-again/$suite/$(basename "$package")"; done
    done
    rm -rf out/deb-again
    say "built twice, the same"
fi
eng/deb/repo.sh dist "${suites[@]}"
for suite in "${suites[@]}"; do ln -f "dist/$suite"/*.deb dist/; done
say "dist/repo"

eng/deb/lint.sh dist "${suites[@]}" & jobs=($!)
for suite in "${suites[@]}"; do eng/deb/try.sh dist/repo "$suite" | sed "s/^try: /deb: $suite: /" & jobs+=($!); done
code=0
for job in "${jobs[@]}"; do wait "$job" || code=1; done
[ $code -eq 0 ] || exit $code
say "lintian has nothing to say; installed, used and purged"
