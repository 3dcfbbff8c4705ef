#!/bin/bash
# bench.sh [--only NAME]… [--quick]   the side-by-side benchmarks; see bench/run.py.
set -euo pipefail
cd "$(dirname "$0")/.."
(cd tests/browser && { npm ls --silent >/dev/null 2>&1 || npm ci --silent --no-fund --no-audit; })
exec python3 bench/run.py "$@"
