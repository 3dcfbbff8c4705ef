namespace Camfx.Doctor.Checks;

/// <summary>Whether this is the user's session: as root, or in a sandbox, everything else looks different.</summary>
internal sealed class SessionCheck() : Check("session")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.Files.Exists("/.flatpak-info") || machine.Files.Variable("SNAP") is not null)
            return [Warning("This is a sandbox (Flatpak or Snap): what is said here is not what other apps see.", null)];
        if (machine.Files.Variable("SUDO_USER") is { } user && machine.Processes.UserId == 0)
            return [Warning($"This is root's view and not that of '{user}'; run it without sudo.", "camfx doctor")];
        if (machine.Files.Variable("XDG_RUNTIME_DIR") is not { } folder)
            return [Problem("XDG_RUNTIME_DIR is not set, so neither PipeWire nor the session's bus are found: this shell is not part of a session.",
                "export XDG_RUNTIME_DIR=/run/user/$(id -u)")];
        return machine.Files.Exists(folder)
            ? [Ok($"The session's folder is {folder}.")]
            : [Problem($"XDG_RUNTIME_DIR is {folder}, which is not there: nobody has logged in.", "sudo loginctl enable-linger $USER")];
    }
}
