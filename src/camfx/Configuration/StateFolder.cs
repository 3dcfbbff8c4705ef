namespace Camfx.Configuration;

/// <summary>Where camfx keeps what it must remember from one run to the next: <c>$XDG_STATE_HOME/camfx</c>.</summary>
internal static class StateFolder
{
    /// <summary>The folder; it may not be there yet.</summary>
    /// <exception cref="CamfxException">Neither XDG_STATE_HOME nor HOME is set.</exception>
    public static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && System.IO.Path.IsPathRooted(state))
                return System.IO.Path.Combine(state, "camfx");
            return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
                ? System.IO.Path.Combine(home, ".local", "state", "camfx")
                : throw new CamfxException(ExitCode.Failed, "There is no place to remember anything in: set XDG_STATE_HOME or HOME.");
        }
    }
}
