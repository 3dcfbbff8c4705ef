using System.Diagnostics;
using System.Globalization;

namespace Camfx.Bench.Queue;

/// <summary>bench/peers/futex-twin.c, built with gcc for the run.</summary>
internal sealed class FutexTwin : IDisposable
{
    private readonly string _program = Path.Combine(Path.GetTempPath(), $"camfx-futex-twin-{Environment.ProcessId}");

    public FutexTwin()
    {
        string? root = AppContext.BaseDirectory;
        while (root != null && !File.Exists(Path.Combine(root, "camfx.sln"))) root = Path.GetDirectoryName(root);
        string source = Path.Combine(root ?? ".", "bench/peers/futex-twin.c");
        using Process compiler = Process.Start("gcc", ["-std=gnu11", "-O2", "-o", _program, source]);
        compiler.WaitForExit();
        if (compiler.ExitCode != 0) throw new InvalidOperationException($"gcc could not build '{source}'.");
    }

    /// <summary>Latencies in ns of every process.</summary>
    public long[] Measure(int processes, int wakes)
    {
        string[] arguments = [$"{processes}", $"{wakes}", WakeRun.IntervalNs.ToString(CultureInfo.InvariantCulture)];
        using Process twin = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true })!;
        var latencies = new List<long>();
        while (twin.StandardOutput.ReadLine() is string line) latencies.Add(long.Parse(line, CultureInfo.InvariantCulture));
        twin.WaitForExit();
        return [.. latencies];
    }

    public void Dispose() => File.Delete(_program);
}
