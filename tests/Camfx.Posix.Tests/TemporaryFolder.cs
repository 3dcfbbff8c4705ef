namespace Camfx.Posix.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("camfx-").FullName;

    internal string At(string name) => Path.Combine(_path, name);

    internal IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
