using System.Diagnostics;

namespace Camfx.PipeWire.Tests;

/// <summary>A C program of <c>native/</c>, compiled against the installed PipeWire headers when first needed.</summary>
internal sealed class NativeProgram
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, NativeProgram> s_built = [];

    private readonly string _path;

    private NativeProgram(string path) => _path = path;

    /// <summary>Builds <c>native/NAME.c</c>; skips the test where there is no compiler or no headers.</summary>
    public static NativeProgram Build(string name)
    {
        Skip.IfNot(Works("gcc", "--version"), "gcc is not installed");
        Skip.IfNot(Works("pkg-config", "--exists libpipewire-0.3"), "libpipewire-0.3-dev is not installed");
        lock (s_lock)
        {
            if (s_built.TryGetValue(name, out NativeProgram? built)) return built;
            string source = Path.Combine(AppContext.BaseDirectory, "native", name + ".c");
            string path = Path.Combine(AppContext.BaseDirectory, "native", name);
            string flags = Run("pkg-config", "--cflags libpipewire-0.3").Trim();
            Run("gcc", $"-std=gnu11 -O1 -Wall {flags} -o {path} {source}");
            return s_built[name] = new NativeProgram(path);
        }
    }

    /// <summary>Runs it and returns what it wrote.</summary>
    public string Run() => Run(_path, "");

    private static bool Works(string command, string arguments)
    {
        try
        {
            Run(command, arguments);
            return true;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Run(string command, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} {arguments} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }
}
