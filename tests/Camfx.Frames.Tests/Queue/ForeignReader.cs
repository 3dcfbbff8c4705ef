using System.Diagnostics;

namespace Camfx.Frames.Tests.Queue;

/// <summary>A reader in another process: the C one, built with gcc, or the Python one.</summary>
internal sealed class ForeignReader : IDisposable
{
    private static readonly Lazy<string?> s_program = new(() => Build("queue-reader"));
    private static readonly Lazy<string?> s_armProgram = new(() => BuildForArm("queue-reader"));

    private readonly Process _process;

    private ForeignReader(string command, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        Assert.StartsWith("ready", NextLine(), StringComparison.Ordinal);
    }

    public static bool HasCompiler => s_program.Value != null;

    public static bool HasPython { get; } = Run("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]) == "";

    /// <summary>Whether programs for arm64 can be built and run here, by an emulator where this machine is another.</summary>
    public static bool HasArm => s_armProgram.Value != null && File.Exists(ArmEmulator);

    /// <summary>Runs a program that <see cref="BuildForArm"/> built.</summary>
    public static string ArmEmulator => "/usr/bin/qemu-aarch64";

    public static string Root { get; } = FindRoot();

    public int Id => _process.Id;

    public static ForeignReader InC(string path, string mode, int frames) => new(s_program.Value!, path, mode, $"{frames}");

    public static ForeignReader InCForArm(string path, string mode, int frames) => new(ArmEmulator, s_armProgram.Value!, path, mode, $"{frames}");

    public static ForeignReader InPython(string path, int frames) =>
        new("python3", Path.Combine(Root, "tests/Camfx.Frames.Tests/Native/read_queue.py"), Path.Combine(Root, "sdk/python"), path, $"{frames}");

    /// <summary>Runs a reader that gets no queue; returns what it says about it.</summary>
    public static string Complaint(string path, bool python)
    {
        string[] arguments = python
            ? [Path.Combine(Root, "tests/Camfx.Frames.Tests/Native/read_queue.py"), Path.Combine(Root, "sdk/python"), path, "1"]
            : [path, "lease", "1"];
        return Run(python ? "python3" : s_program.Value!, arguments)!;
    }

    /// <summary>Lets gcc read C; returns its complaints, or null without a gcc.</summary>
    public static string? Gcc(params string[] arguments) => Compile("gcc", arguments);

    /// <summary>Lets a compiler read C; returns its complaints, or null where it is not installed.</summary>
    public static string? Compile(string compiler, params string[] arguments) =>
        Run(compiler, ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I" + Path.Combine(Root, "sdk/c"), .. arguments]);

    public string NextLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The reader ended.");

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Builds a program of Native/ that is deleted with this process; null without a gcc.</summary>
    public static string? Build(string name, params string[] options) => BuildBy("gcc", name, options);

    /// <summary>The same for arm64, with all that it needs inside; null without a compiler for it.</summary>
    public static string? BuildForArm(string name) => BuildBy("aarch64-linux-gnu-gcc", name, ["-static"]);

    private static string? BuildBy(string compiler, string name, string[] options)
    {
        string program = Path.Combine(Path.GetTempPath(), $"camfx-{name}-{compiler}-{Environment.ProcessId}");
        string source = Path.Combine(Root, $"tests/Camfx.Frames.Tests/Native/{name}.c");
        string? complaints = Compile(compiler, [source, "-D_DEFAULT_SOURCE", "-o", program, .. options]);
        if (complaints == null) return null;
        Assert.Equal("", complaints);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(program);
        return program;
    }

    private static string? Run(string command, IEnumerable<string> arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            string complaints = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : complaints + $"exit {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, "camfx.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
