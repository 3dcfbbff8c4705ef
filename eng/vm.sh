#!/bin/bash
# vm.sh [OPTIONS OF tests/vm/run.py] SCRIPT   runs a bash script in a virtual machine where what `make build` made is installed.
#
# The checkout is /mnt/host there and the folder the script starts in. Users: root, ada, bob (--user). For example:
#   eng/vm.sh 'busctl introspect org.camfx.Helper1 /org/camfx/Helper1'
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
rm -rf out/vm/tree
DESTDIR=out/vm/tree PREFIX=/usr eng/install-tree.sh
exec tests/vm/run.py --setup 'cp -R --preserve=mode,links out/vm/tree/. / && eng/tell-system.sh' "$@"
