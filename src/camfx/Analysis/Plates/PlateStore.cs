using System.Security.Cryptography;
using System.Text;
using Camfx.Configuration;
using Camfx.Imaging;

namespace Camfx.Analysis.Plates;

/// <summary>
/// The pictures of the empty scene that a camera has, one for each source: <c>$XDG_STATE_HOME/camfx/plates/</c>. The file's name has the source's URI
/// only as a hash, for it may hold a password.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="camera">Whose they are.</param>
/// <remarks>Thread-safe; of two that are kept at once, one wins as a whole.</remarks>
internal sealed class PlateStore(Func<string> folder, string camera) : ISegmenters
{
    /// <summary>The user's.</summary>
    public static PlateStore OfUser(string camera) => new(static () => Path.Combine(StateFolder.Path, "plates"), camera);

    /// <summary>The file of a source's.</summary>
    public string PathOf(string source)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 8));
        return Path.Combine(folder(), $"{Uri.EscapeDataString(camera)}-{hash}.plate");
    }

    public ISegmenter Make(string source, int width, int height)
    {
        EmptyScene scene = Load(source);
        return scene.Width == width && scene.Height == height
            ? new PlateEngine(scene)
            : throw new CamfxException(ExitCode.Failed, $"The picture of the empty scene has another shape than the camera; {PlateEngine.Remedy}");
    }

    /// <summary>Keeps a source's. Whoever reads finds the old file or the new one, never a part.</summary>
    /// <exception cref="CamfxException">The file cannot be written.</exception>
    public void Keep(string source, EmptyScene scene)
    {
        string path = PathOf(source), unfinished = $"{path}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(folder());
            using (FileStream file = new(unfinished, OnlyForThisUser()))
            {
                scene.Save(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CamfxException(ExitCode.Failed, $"The picture of the empty scene cannot be saved in '{path}': {failure.Message}", failure);
        }
    }

    /// <summary>It is somebody's room: nobody else may see it.</summary>
    private static FileStreamOptions OnlyForThisUser()
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsLinux()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private EmptyScene Load(string source)
    {
        try
        {
            using FileStream file = File.OpenRead(PathOf(source));
            return EmptyScene.Load(file);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CamfxException(ExitCode.NoSuchThing, $"There is no picture of the empty scene; {PlateEngine.Remedy}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CamfxException(ExitCode.Failed, $"The picture of the empty scene cannot be read ({failure.Message.TrimEnd('.')}); {PlateEngine.Remedy}", failure);
        }
    }
}
