namespace Camfx.Configuration;

/// <summary>Where users keep what they wrote for camfx: <c>$XDG_CONFIG_HOME/camfx</c>.</summary>
internal static class ConfigurationFolder
{
    /// <summary>The folder; it may not be there yet.</summary>
    /// <exception cref="CamfxException">Neither XDG_CONFIG_HOME nor HOME is set.</exception>
    public static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configuration && System.IO.Path.IsPathRooted(configuration))
                return System.IO.Path.Combine(configuration, "camfx");
            return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
                ? System.IO.Path.Combine(home, ".config", "camfx")
                : throw new CamfxException(ExitCode.Failed, "There is no place for configuration: set XDG_CONFIG_HOME or HOME.");
        }
    }
}
