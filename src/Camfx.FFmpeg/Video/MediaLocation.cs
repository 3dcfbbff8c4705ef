namespace Camfx.FFmpeg;

/// <summary>Where input comes from: the name people see, and the address libavformat gets.</summary>
/// <param name="Name">The path or URL as it was given.</param>
/// <param name="Url">What is opened.</param>
/// <param name="IsFile">Whether it is a path of this machine.</param>
internal readonly record struct MediaLocation(string Name, string Url, bool IsFile)
{
    /// <summary>A path. The prefix keeps libavformat from reading a name like <c>concat:a</c> or <c>tcp://host</c> as a protocol.</summary>
    internal static MediaLocation File(string path) => new(path, "file:" + path, true);

    /// <summary>An address with a protocol.</summary>
    internal static MediaLocation Address(string url) => new(url, url, false);

    /// <summary>Refuses what can be refused in plain words before libavformat sees it.</summary>
    /// <exception cref="AvException">The file is missing, a directory, unreadable or holds nothing.</exception>
    internal void Check()
    {
        if (!IsFile) return;

        // The kernel's paths end at the first NUL, so no file can have such a name.
        if (Name.Length == 0 || Name.Contains('\0'))
            throw new AvException(AvFailure.NotFound, "open", Name, $"'{Name}' is empty or has a NUL in it, so no file can have that name; check the path.");
        if (Directory.Exists(Name))
            throw new AvException(AvFailure.IsDirectory, "open", Name, $"'{Name}' is a directory; name a file in it.");
        var file = new FileInfo(Name);
        if (!file.Exists)
            throw new AvException(AvFailure.NotFound, "open", Name, $"'{Name}' does not exist; check the path.");

        // Pipes and devices have length 0 too, and a pipe nobody writes to would block open(2) for ever.
        if (file.Length == 0)
            throw new AvException(
                AvFailure.Empty, "open", Name, $"'{Name}' is empty (or no regular file); wait until it is written, or copy it again.");
    }

    /// <summary>What to say when libavformat could not make sense of the input.</summary>
    internal AvException OpenFailed(int code, string operation)
    {
        if (IsFile && code == Interop.LibAv.AVERROR_INVALIDDATA && LooksLikeMp4())
            return new AvException(
                AvFailure.Truncated, operation, Name,
                $"'{Name}' is cut off: its index (the moov box) is missing; wait until it is written, or copy it again.", code);
        return AvException.FromCode(code, operation, Name);
    }

    // An MP4 begins with a length and one of these box types; when it does and cannot be opened, the moov box at its end is what is missing.
    private bool LooksLikeMp4()
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = System.IO.File.OpenHandle(Name);
            Span<byte> start = stackalloc byte[8];
            if (RandomAccess.Read(file, start, 0) < start.Length) return false;
            ReadOnlySpan<byte> type = start[4..];
            return type.SequenceEqual("ftyp"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("wide"u8) || type.SequenceEqual("free"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
