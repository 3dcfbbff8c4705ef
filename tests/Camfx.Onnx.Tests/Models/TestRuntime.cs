using System.Diagnostics;

namespace Camfx.Onnx.Tests.Models;

/// <summary>The ONNX Runtime of the tests: the system's, or what tests/onnxruntime.sh has fetched.</summary>
internal static class TestRuntime
{
    private static readonly Lazy<(string? Path, string Reason)> s_found = new(Find);

    /// <summary>Its file; the test is skipped where there is none.</summary>
    public static string Path
    {
        get
        {
            Skip.If(s_found.Value.Path is null, s_found.Value.Reason);
            return s_found.Value.Path!;
        }
    }

    private static (string? Path, string Reason) Find()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(root, "camfx.sln"))) root = System.IO.Path.GetDirectoryName(root)!;
        ProcessStartInfo start = new(System.IO.Path.Combine(root, "tests/onnxruntime.sh")) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        string path = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && File.Exists(path)
            ? (path, "")
            : (null, $"there is no ONNX Runtime: {complaints.GetAwaiter().GetResult().Trim().Split('\n')[^1]}");
    }
}
