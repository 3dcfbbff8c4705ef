#!/bin/bash
# build.sh [--tests | --restore]   publishes the executables as they are installed: out/lib/NAME holds the files, out/bin/NAME runs them.
# --tests builds the whole solution first, --restore only fetches the NuGet packages that publishing takes. CAMFX_MACHINE=aarch64 builds for another machine than this one.
set -euo pipefail
cd "$(dirname "$0")/.."
begin=$SECONDS
case ${CAMFX_MACHINE:-$(uname -m)} in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "build: no .NET runtime for $(uname -m)." >&2; exit 1 ;;
esac

log=$(mktemp); trap 'rm -f "$log"' EXIT
# quietly CMD…   shows the output only of a command that failed
quietly() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }

if [ "${1:-}" = --restore ]; then
    for name in camfx camfx-helper; do quietly dotnet restore "src/$name/$name.csproj" -r "$runtime" -v quiet; done
    exit
fi
if [ "${1:-}" = --tests ]; then quietly dotnet build camfx.sln -c Release -nologo -v quiet; fi

# What the runtime contains of others: whoever passes the programs on passes this on.
notices() {
    local packages=${NUGET_PACKAGES:-$HOME/.nuget/packages} version
    version=$(sed -n 's|.*"runtimepack\.[^/]*/\([0-9.]*\)".*|\1|p' out/lib/camfx/camfx.deps.json | head -n 1)
    install -m 644 "$packages/microsoft.netcore.app.runtime.$runtime/$version/THIRD-PARTY-NOTICES.TXT" out/
}

mkdir -p out/bin
for name in camfx camfx-helper; do
    [ -d "src/$name" ] || continue
    # Each executable has a folder of its own: trimming leaves each a different runtime.
    rm -rf "out/lib/$name"
    # The SDK keeps the published dependency list although trimming has left other assemblies this time: then one is not found at run time.
    rm -f out/artifacts/obj/"$name"/*/"$name".deps.json
    quietly dotnet publish "src/$name" -c Release -r "$runtime" -o "out/lib/$name" -nologo -v quiet
    rm -f "out/lib/$name"/*.pdb "out/lib/$name"/*.xml
    # What only debuggers load, or a choice of garbage collectors that nobody makes: a quarter of the folder.
    (cd "out/lib/$name" && rm -f createdump libmscordaccore.so libmscordbi.so libclrgc.so libclrgcexp.so libclretwrc.so libcoreclrtraceptprovider.so)
    find "out/lib/$name" -name '*.so' -exec chmod 644 {} +
    ln -sfn "../lib/$name/$name" "out/bin/$name"
done
notices
echo "build: out/bin/camfx ($((SECONDS - begin)) s, $(du -sh out/lib | cut -f1))"
