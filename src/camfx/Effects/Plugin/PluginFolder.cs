using System.Globalization;

namespace Camfx.Effects.Plugin;

/// <summary>The folder of one plug-in: <c>in</c>, where it reads, is camfx's socket; <c>out</c>, where it gives its pictures, is its own.</summary>
internal sealed class PluginFolder : IDisposable
{
    private PluginFolder(string path) => Path = path;

    public string Path { get; }

    public string In => System.IO.Path.Combine(Path, "in");

    public string Out => System.IO.Path.Combine(Path, "out");

    /// <summary>Its place is made free, and what a camfx that was killed has left behind is removed. The socket at <see cref="In"/> makes it, with mode 0700.</summary>
    /// <param name="parent">The folder of all plug-ins.</param>
    /// <param name="name">PID-N: the process it belongs to and a number of that process's own.</param>
    /// <exception cref="IOException">The folder of all cannot be read.</exception>
    public static PluginFolder Create(string parent, string name)
    {
        if (Directory.Exists(parent))
        {
            foreach (string left in Directory.EnumerateDirectories(parent))
                if (System.IO.Path.GetFileName(left) == name || !HasOwner(left)) Remove(left);
        }

        return new PluginFolder(System.IO.Path.Combine(parent, name));
    }

    public void Dispose() => Remove(Path);

    private static bool HasOwner(string folder)
    {
        string owner = System.IO.Path.GetFileName(folder).Split('-')[0];
        return !int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || Directory.Exists($"/proc/{id}");
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The plug-in may have put something there that resists; the next camfx tries again.
        }
    }
}
