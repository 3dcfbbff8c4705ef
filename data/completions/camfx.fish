# Completes camfx in fish. camfx itself says what can stand at the cursor.
function __camfx_complete
    set -l line (commandline -cp)
    command camfx --complete (string length -- "$line") "$line" 2>/dev/null
end
complete -c camfx -a '(__camfx_complete)'
