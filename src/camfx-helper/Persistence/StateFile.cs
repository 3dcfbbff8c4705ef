using System.Text.Json;

namespace Camfx.Helper.Persistence;

/// <summary>Where <see cref="RuntimeState"/> lies between two processes: one file, always whole.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed class StateFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "state.json");

    /// <summary>Reads it.</summary>
    /// <param name="complaint">Why what is there was left aside; null: all is well.</param>
    /// <returns>What the last process wrote; an empty state when there is none or nobody can read it.</returns>
    public RuntimeState Read(out string? complaint)
    {
        complaint = null;
        try
        {
            if (StateJson.Read(File.ReadAllBytes(_path)) is { } state) return state;
            complaint = $"The state in '{_path}' is of another version; it is left aside.";
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            // The first process since the machine started.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or FormatException
            or InvalidOperationException or KeyNotFoundException)
        {
            complaint = $"The state in '{_path}' cannot be read: {failure.Message} It is left aside.";
        }

        return new RuntimeState();
    }

    /// <summary>Replaces it. Another process reads either the old or the new, never a part.</summary>
    /// <exception cref="IOException">The folder is full or gone.</exception>
    public void Write(RuntimeState state)
    {
        string next = _path + ".next";
        File.WriteAllBytes(next, StateJson.Write(state));
        File.Move(next, _path, overwrite: true);
    }
}
