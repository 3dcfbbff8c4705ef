#!/bin/bash
# storm.sh [SECONDS]   eight clients call the built service with arbitrary arguments for a minute; tests/camfx.Tests/Service/StormTests.cs says what is asserted.
set -euo pipefail
cd "$(dirname "$0")/.."
export CAMFX_STORM_SECONDS=${1:-60}
exec timeout --kill-after=10 $((CAMFX_STORM_SECONDS + 120)) dotnet vstest out/artifacts/bin/camfx.Tests/release/camfx.Tests.dll \
    --TestCaseFilter:FullyQualifiedName~StormTests
