# shellcheck shell=bash
# Completes camfx in bash. camfx itself says what can stand at the cursor.
_camfx() {
    local line=${COMP_LINE:0:COMP_POINT} word IFS=$'\n'
    word=${line##* }
    mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" --complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null)
    # readline takes ':' and '=' for ends of words: what stands before the last of them is on the line already.
    local before=${word%"${word##*[:=]}"}
    [ -z "$before" ] || COMPREPLY=("${COMPREPLY[@]#"$before"}")
    [[ ${COMPREPLY[*]} != *[:=] ]] || compopt -o nospace
}
complete -o default -F _camfx camfx
