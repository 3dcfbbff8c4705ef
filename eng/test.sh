#!/bin/bash
# test.sh [RING…]   runs the test rings (all of them, cheapest first), one line each, and sums up in the last line.
#
# A ring is eng/rings/NAME.sh. It writes one line per test to the file $RESULTS: pass|fail|skip, name, reason, with tabs between
# (and note, name, text for what everybody should see); what it prints goes to out/test/NAME.log. In CI (CI=true) a skip must be listed with its reason in eng/skips-allowed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
here=$PWD
rings=("$@"); [ $# -gt 0 ] || rings=(house unit model stress fuzz pipewire session browsers)
mkdir -p out/test
passed=0 failed=0 skipped=0 forbidden=0

# count KIND FILE
count() { grep -c "^$1	" "$2" || true; }

for ring in "${rings[@]}"; do
    script=eng/rings/$ring.sh
    [ -f "$script" ] || { echo "test: no ring $ring; there are: $(basename -s .sh eng/rings/*.sh | paste -sd' ')" >&2; exit 2; }
    export RESULTS=$here/out/test/$ring.results
    log=out/test/$ring.log
    : >"$RESULTS"
    begin=$SECONDS
    "$script" >"$log" 2>&1 </dev/null; code=$?
    if [ $code -ne 0 ] && ! grep -q '^fail	' "$RESULTS"; then printf 'fail\tring %s\tended with %d\n' "$ring" $code >>"$RESULTS"; fi
    if [ ! -s "$RESULTS" ]; then printf 'fail\tring %s\tran no test\n' "$ring" >>"$RESULTS"; fi
    p=$(count pass "$RESULTS") f=$(count fail "$RESULTS") s=$(count skip "$RESULTS")
    echo "ring $ring: $p passed, $f failed, $s skipped ($((SECONDS - begin)) s)"
    while IFS=$'\t' read -r kind name reason; do
        case $kind in
            note) echo "  $name: $reason" ;;
            fail) echo "  failed: $name${reason:+: $reason}" ;;
            skip)
                echo "  skipped: $name: ${reason:-no reason given}"
                if [ "${CI:-}" = true ] && ! grep -v '^#' eng/skips-allowed | cut -f1 | grep -qxF "$name"; then
                    echo "  not allowed: $name is skipped in CI and eng/skips-allowed does not say why"
                    forbidden=$((forbidden + 1))
                fi ;;
        esac
    done <"$RESULTS"
    [ "$f" -eq 0 ] || { echo "  log: $log, its end:"; tail -n 25 "$log" | cut -c 1-300 | sed 's/^/    /'; }
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $((failed + forbidden)) -eq 0 ]
