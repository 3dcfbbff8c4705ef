using Camfx.DBus;
using Camfx.FFmpeg;
using Camfx.Posix;

namespace Camfx.Cli.Live;

/// <summary>A picture of a running camera.</summary>
internal static class RunningPicture
{
    /// <summary>Takes it, if the service runs.</summary>
    /// <param name="camera">The camera's name or id.</param>
    /// <param name="file">Where it goes.</param>
    /// <param name="format">The file's format.</param>
    /// <returns>False: the service does not run.</returns>
    /// <exception cref="CamfxException">The service refused, or the file cannot be written.</exception>
    public static bool TrySave(string camera, string file, ImageFormat format)
    {
        try
        {
            using ServiceClient? client = ServiceClient.TryConnect();
            if (client is null) return false;
            using FileDescriptor picture = client.Camera(camera).Camera.Snapshot(format == ImageFormat.Png ? "png" : "jpeg", new Dictionary<string, Variant>());
            Write(picture, file);
            return true;
        }
        catch (BusException failure)
        {
            throw ServiceClient.Translate(failure);
        }
    }

    private static unsafe void Write(FileDescriptor picture, string file)
    {
        long length = FileStatus.Of(picture).Size;
        using MemoryMapping mapping = MemoryMapping.Map(picture, 0, length, MapAccess.Read);
        string unfinished = $"{file}.{Environment.ProcessId}.new";
        try
        {
            bool ordinary = FileStatus.OfPath(file) is not { } status || status.Kind == FileKind.Regular;
            using (FileStream target = new(ordinary ? unfinished : file, ordinary ? FileMode.Create : FileMode.Open, FileAccess.Write))
                target.Write(new ReadOnlySpan<byte>(mapping.Address, (int)length));
            if (ordinary) File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CamfxException(
                failure is DirectoryNotFoundException ? ExitCode.NoSuchThing : failure is UnauthorizedAccessException ? ExitCode.NotPermitted : ExitCode.Failed,
                $"'{file}' could not be written: {failure.Message}", failure);
        }
    }
}
