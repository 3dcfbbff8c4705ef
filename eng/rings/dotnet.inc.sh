# shellcheck shell=bash
# Sourced by the rings that are xunit projects.

# run_projects NAME…   runs the built tests/NAME in one test host run and turns its report into result lines
run_projects() {
    local name code assemblies=()
    cd "$(dirname "${BASH_SOURCE[0]}")/../.." || return
    for name in "$@"; do
        # A project with no test yet has no assembly that the host would take.
        if grep -rqlE --include='*.cs' '\[(Skippable)?(Fact|Theory)' "tests/$name"; then
            assemblies+=("out/artifacts/bin/$name/release/$name.dll")
        fi
    done
    [ ${#assemblies[@]} -gt 0 ] || { printf 'skip\t%s\tno tests in it yet\n' "$*" >>"$RESULTS"; return; }
    local reports; reports=$(mktemp -d)
    dotnet vstest "${assemblies[@]}" --Parallel --logger:"trx;LogFileName=report.trx" --ResultsDirectory:"$reports"; code=$?
    python3 eng/trx.py "$reports"/*.trx >>"$RESULTS"
    rm -rf "$reports"
    return $code
}
