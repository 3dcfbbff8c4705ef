using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.FFmpeg;

/// <summary>Writes pictures as PNG or JPEG files.</summary>
/// <remarks>Thread-safe; a snapshot, not made for a frame loop.</remarks>
public static class ImageWriter
{
    /// <summary>The format a file's extension stands for: <c>.png</c>, <c>.jpg</c> or <c>.jpeg</c>.</summary>
    /// <exception cref="AvException">It is another one.</exception>
    public static ImageFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => ImageFormat.Png,
        ".JPG" or ".JPEG" => ImageFormat.Jpeg,
        _ => throw new AvException(
            AvFailure.UnknownFormat, "save", path, $"'{path}' does not end in a picture format camfx writes; name it .png or .jpg."),
    };

    /// <summary>
    /// Writes a picture to a file, whose extension gives the format. The file appears whole or not at all: it is written beside its place and
    /// moved there, so a reader never sees half of it and a full disk leaves the old one.
    /// </summary>
    /// <param name="view">Any raw format; it is only read during the call.</param>
    /// <param name="path">The file; what is there is replaced. A pipe or a device is written to as it is.</param>
    /// <exception cref="AvException">It cannot be encoded or written; the message says why.</exception>
    public static void Save(in FrameView view, string path)
    {
        ImageFormat format = FormatOf(path);
        using var bytes = new MemoryStream();
        Encode(view, format, bytes, path);
        try
        {
            Write(bytes, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WriteFailed(e, path);
        }
    }

    /// <summary>Encodes a picture into a stream.</summary>
    /// <param name="view">Any raw format; it is only read during the call.</param>
    /// <param name="format">The file format.</param>
    /// <param name="output">Gets the bytes of one whole file.</param>
    /// <exception cref="AvException">It cannot be encoded.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Encode(in FrameView view, ImageFormat format, Stream output) => Encode(view, format, output, "the picture");

    private static void Encode(in FrameView view, ImageFormat format, Stream output, string path)
    {
        LibAvLog.Silence();
        ImageEncoder.Encode(view, format, output, path);
    }

    private static void Write(MemoryStream bytes, string path)
    {
        // A link is followed, so that the rename replaces the file and not the link.
        var named = new FileInfo(path);
        string target = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (!MayBeReplaced(target))
        {
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            bytes.WriteTo(device);
            return;
        }

        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                bytes.WriteTo(file);

                // Some file systems find out only here that they are full; after the rename it would be too late.
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Renaming over /dev/stdout or a pipe would put a file in its place.
    private static bool MayBeReplaced(string target) => FileStatus.OfPath(target) is not { } status || status.Kind == FileKind.Regular;

    private static AvException WriteFailed(Exception error, string path)
    {
        (AvFailure failure, string reason) = error switch
        {
            DirectoryNotFoundException => (AvFailure.NotFound, "its folder does not exist; create it first"),
            UnauthorizedAccessException when Directory.Exists(path) => (AvFailure.IsDirectory, "it is a directory; name a file in it"),
            UnauthorizedAccessException => (AvFailure.PermissionDenied, "this user may not write there; choose another folder"),
            IOException { HResult: Errno.ENOSPC } => (AvFailure.DiskFull, "the disk is full; make room or choose another folder"),
            _ => (AvFailure.Other, error.Message.TrimEnd('.')),
        };
        return new AvException(failure, "save", path, $"'{path}' could not be written: {reason}.", inner: error);
    }
}
