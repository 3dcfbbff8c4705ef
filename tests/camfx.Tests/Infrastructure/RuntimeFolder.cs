namespace Camfx.Tests.Infrastructure;

/// <summary>Where queues of this process have their sockets: $XDG_RUNTIME_DIR, or a folder made in its stead.</summary>
internal static class RuntimeFolder
{
    private static readonly Lazy<string> s_path = new(Find);

    public static string Path => s_path.Value;

    // Of the whole process: tests run side by side, and all of them put their queues there.
    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } there) return there;
        string made = Directory.CreateTempSubdirectory("camfx-").FullName;
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", made);
        return made;
    }
}
