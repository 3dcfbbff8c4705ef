#!/bin/bash
# native-imports.sh FOLDER PROGRAM   links PROGRAM, which does nothing, with every native function that the assemblies in FOLDER import, from the
# same libraries: tools that read ELF headers then see what a .NET program needs. CC names the compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1 program=$2
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

python3 eng/native-imports.py "$folder"/*amfx*.dll >"$work/imports"
{
    cut -d' ' -f2 "$work/imports" | sort -u | sed 's/.*/extern void &(void);/'
    echo 'void (*const imported[])(void) = {'
    cut -d' ' -f2 "$work/imports" | sort -u | sed 's/.*/    &,/'
    echo '};'
    echo 'int main(void) { return imported[0] == 0; }'
} >"$work/program.c"
mapfile -t libraries < <(cut -d' ' -f1 "$work/imports" | sort -u | sed 's/^/-l:/')
"${CC:-gcc}" -w -fno-builtin -o "$program" "$work/program.c" -Wl,--no-as-needed "${libraries[@]}"
echo "native-imports: $program needs ${libraries[*]#-l:}"
