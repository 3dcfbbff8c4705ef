namespace Camfx.Frames.Queue;

/// <summary>Where a camera's queue is found.</summary>
public static class FrameQueueAddress
{
    /// <summary>Longest name, in bytes: that of a V4L2 device.</summary>
    public const int MaxNameLength = 31;

    /// <summary>Whether a camera may have this name: it can be a file's, and is not too long.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name[0] != '.' && !name.Contains('/') && !name.Contains('\0') && System.Text.Encoding.UTF8.GetByteCount(name) <= MaxNameLength;

    /// <summary>The socket's path: <c>RUNTIME/camfx/queues/NAME</c>.</summary>
    /// <param name="runtimeDirectory">The user's runtime directory, <c>$XDG_RUNTIME_DIR</c>.</param>
    /// <param name="name">The camera's name; no slash, at most <see cref="MaxNameLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The name cannot be a file's.</exception>
    public static string PathOf(string runtimeDirectory, string name)
    {
        if (!IsName(name))
            throw new ArgumentException($"'{name}' is no camera name: 1 to {MaxNameLength} bytes, no '/', no '.' at the start.", nameof(name));
        return Path.Combine(runtimeDirectory, "camfx", "queues", name);
    }
}
