#!/bin/bash
# fuzz.sh [--seed S] [--count N] [OPTION…]   a hostile producer forges frame queues under the eyes of the .NET and the C client.
# Without options: 10 million mutations, and a tenth of that for the C client. --seed S (as printed) and --count N repeat a run; --first CASE --cases 1
# repeats one case of the .NET client.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
here=tests/Camfx.Frames.Fuzz
seed=$SRANDOM count=10000000 code=0
more=()
while [ $# -gt 0 ]; do
    case $1 in
        --seed) seed=$2 ;;
        --count) count=$2 ;;
        *) more+=("$1" "$2") ;;
    esac
    shift 2
done

timeout --kill-after=10 1200 dotnet exec out/artifacts/bin/Camfx.Frames.Fuzz/release/Camfx.Frames.Fuzz.dll --seed "$seed" --count "$count" "${more[@]}" || code=1
[ ${#more[@]} -eq 0 ] || exit $code

if ! command -v gcc >/dev/null; then
    echo "skip C client: gcc is not installed"
    [ -z "${RESULTS:-}" ] || printf 'skip\tfuzz: C client\tgcc is not installed\n' >>"$RESULTS"
    exit $code
fi
mkdir -p out/test
# Only the header's functions are instrumented: their steps are counted, and the producer writes between them.
gcc -std=c11 -O1 -g -Wall -Wextra -Werror -D_GNU_SOURCE -Isdk/c -pthread -fsanitize=address,undefined -fno-sanitize-recover=all \
    -finstrument-functions -finstrument-functions-exclude-file-list=camfx-fuzz.c,forge.h,/usr/ -Wl,--wrap=mmap,--wrap=munmap \
    -o out/test/camfx-fuzz "$here/Native/camfx-fuzz.c" || exit 1
# The sanitizer's fixed places and the widest address randomisation do not go together.
fixed=()
if setarch -R true 2>/dev/null; then fixed=(setarch -R); fi
timeout --kill-after=10 1200 "${fixed[@]}" out/test/camfx-fuzz "$seed" $((count / 10)) || code=1
exit $code
