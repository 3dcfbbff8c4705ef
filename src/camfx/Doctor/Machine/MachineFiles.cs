using System.Diagnostics;
using System.Text;

namespace Camfx.Doctor.Machine;

/// <summary>The file system below a root, and the programs of this machine.</summary>
/// <param name="root">What is put before each path; empty for the machine's own.</param>
internal sealed class MachineFiles(string root = "") : IFiles
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public string? Read(string path) => Try(() => File.ReadAllText(root + path, Encoding.Latin1));

    public bool Exists(string path) => Path.Exists(root + path);

    public IReadOnlyList<string> List(string folder) =>
        Try(() => Directory.GetFileSystemEntries(root + folder).Select(entry => entry[root.Length..]).Order(StringComparer.Ordinal).ToArray()) ?? [];

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public string? Run(string program, params string[] arguments)
    {
        if (Find(program) is not { } path) return null;
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C";
        return Try(() =>
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            using Timer limit = new(static process => ((Process)process!).Kill(), process, s_patience, Timeout.InfiniteTimeSpan);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        });
    }

    /// <summary>Administrators' programs are not in a user's PATH everywhere.</summary>
    private string? Find(string program) => $"{Variable("PATH")}:/usr/sbin:/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null; // Not there, or not for this user.
        }
    }
}
