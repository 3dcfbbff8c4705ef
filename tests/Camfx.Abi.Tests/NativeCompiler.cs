using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Camfx.Abi.Tests;

/// <summary>gcc and pkg-config.</summary>
internal static partial class NativeCompiler
{
    private const string ArmCompiler = "aarch64-linux-gnu-gcc";

    private static readonly string s_root = FindRoot();

    /// <summary>Whether gcc is installed.</summary>
    internal static bool IsThere { get; } = TryRun("gcc", ["--version"], out _);

    /// <summary>Whether a gcc for arm64 is installed, with that machine's C library.</summary>
    internal static bool IsThereForArm { get; } = TryRun(ArmCompiler, ["--version"], out _);

    /// <summary>Whether the development files of a library are installed.</summary>
    internal static bool Has(string package) => TryRun("pkg-config", ["--exists", package], out _);

    /// <summary>Lets gcc read a C file.</summary>
    /// <returns>Its complaints, one a line; empty when there are none.</returns>
    internal static string Check(string name, string program, BindingTable table) =>
        Read(name, program, table, [], out string output) ? "" : string.Join('\n', output.Split('\n').Where(line => line.Contains("error:", StringComparison.Ordinal)));

    /// <summary>The functions with a variable number of arguments that a library's headers declare.</summary>
    internal static IReadOnlySet<string> Variadic(string name, BindingTable table)
    {
        string list = Path.Combine(s_root, "out", "abi", $"{name}.prototypes");
        Assert.True(Read($"{name}.headers", string.Join('\n', table.IncludeLines) + "\n", table, ["-aux-info", list], out string output), output);
        return File.ReadLines(list).Select(static line => Prototype().Match(line)).Where(static match => match.Success)
            .Select(static match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
    }

    private static bool Read(string name, string program, BindingTable table, IEnumerable<string> options, out string output)
    {
        bool arm = table.Machine == Architecture.Arm64 && RuntimeInformation.ProcessArchitecture != Architecture.Arm64;
        string folder = Path.Combine(s_root, "out", "abi");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{name}{(arm ? ".arm64" : "")}.c");
        File.WriteAllText(file, program);

        // sizeof of a void function is 1 to gcc, with a warning nobody needs; a null pointer for a nonnull argument is not passed.
        List<string> arguments = ["-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-Wno-pointer-arith", "-Wno-nonnull", .. options];
        arguments.AddRange(table.IncludeFolders.Select(include => $"-I{Path.Combine(s_root, include)}"));
        foreach (string package in table.Packages)
        {
            Assert.True(TryRun("pkg-config", ["--cflags", package], out string flags), flags);
            arguments.AddRange(flags.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        if (!arm) return TryRun("gcc", [.. arguments, file], out output);

        // The libraries' headers are this machine's, which say the same on all; the C library's and the kernel's are arm64's, and come first.
        arguments = [.. arguments.Select(static argument => argument.StartsWith("-I/", StringComparison.Ordinal) ? "-idirafter" + argument[2..] : argument)];
        return TryRun(ArmCompiler, [.. arguments, "-idirafter", "/usr/include", file], out output);
    }

    // "/* fcntl.h:181:NC */ extern int open (const char *, int, ...);", as -aux-info writes it.
    [GeneratedRegex(@"(\w+) \([^()]*(?:\([^()]*\)[^()]*)*, \.\.\.\);$")]
    private static partial Regex Prototype();

    private static bool TryRun(string command, IEnumerable<string> arguments, out string output)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            output = missing.Message;
            return false;
        }
    }

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "camfx.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("camfx.sln is in no folder above the tests.");
        return folder;
    }
}
