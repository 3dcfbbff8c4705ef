using System.Text.Json;

namespace Camfx.Service.State;

/// <summary>Where <see cref="ServiceState"/> lies between two runs: <c>$XDG_STATE_HOME/camfx/cameras.json</c>, always whole.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed class StateFile(string folder)
{
    private const int MostBytes = 4 * 1024 * 1024;

    public string FilePath { get; } = Path.Combine(folder, "cameras.json");

    /// <summary>Reads it. What cannot be read is set aside under another name, so that nothing is lost and the service starts.</summary>
    /// <param name="complaint">What was wrong and where the file is now, in one sentence; null: all is well.</param>
    /// <returns>What the last run saved; the default where there is nothing or nothing that can be read.</returns>
    public ServiceState Read(out string? complaint)
    {
        complaint = null;
        try
        {
            if (new FileInfo(FilePath) is { Exists: true, Length: > MostBytes }) throw new FormatException($"it has more than {MostBytes} bytes.");
            if (StateJson.Read(File.ReadAllBytes(FilePath)) is { } state) return state;
            complaint = $"The saved cameras in '{FilePath}' are of another version of camfx";
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return ServiceState.Default;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or FormatException
            or InvalidOperationException or KeyNotFoundException or CamfxException or ArgumentException)
        {
            complaint = $"The saved cameras in '{FilePath}' cannot be read ({failure.Message.TrimEnd('.')})";
        }

        complaint += SetAside();
        return ServiceState.Default;
    }

    /// <summary>Replaces it. Whoever reads finds the old file or the new one, never a part, and after the return the new one, whatever happens.</summary>
    /// <exception cref="CamfxException">The folder cannot be written.</exception>
    public void Write(ServiceState state)
    {
        string next = FilePath + ".next";
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream file = new(next, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(StateJson.Write(state));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, FilePath, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CamfxException(ExitCode.Failed, $"The change is made, but cannot be saved in '{FilePath}': {failure.Message}", failure);
        }
    }

    private string SetAside()
    {
        string aside = FilePath + ".unreadable";
        try
        {
            File.Move(FilePath, aside, overwrite: true);
            return $"; they were set aside as '{aside}', and camfx begins anew with one camera.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $" nor set aside: {failure.Message} camfx begins anew with one camera.";
        }
    }
}
