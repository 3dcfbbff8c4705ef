namespace Camfx.Models;

/// <summary>Where models lie: the user's own folder first, then the system's.</summary>
internal static class ModelFolders
{
    public const string OfSystem = "/usr/share/camfx/models";

    /// <summary>Where this user's are kept; it may not be there yet.</summary>
    /// <exception cref="CamfxException">Neither XDG_DATA_HOME nor HOME is set.</exception>
    public static string OfUser
    {
        get
        {
            if (Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data && Path.IsPathRooted(data)) return Path.Combine(data, "camfx", "models");
            return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
                ? Path.Combine(home, ".local", "share", "camfx", "models")
                : throw new CamfxException(ExitCode.Failed, "There is no place to keep models in: set XDG_DATA_HOME or HOME.");
        }
    }

    public static string[] All => [OfUser, OfSystem];
}
