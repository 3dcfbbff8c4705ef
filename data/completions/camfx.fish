# Completes camfx in fish. camfx itself says what can stand at the cursor; where it knows nothing, files can.
function __camfx_knows
    set -l line (commandline -cp)
    set -g __camfx_found (command camfx --complete (string length -- "$line") "$line" 2>/dev/null)
    test (count $__camfx_found) -gt 0
end
complete -c camfx -f -n __camfx_knows -a '$__camfx_found'
