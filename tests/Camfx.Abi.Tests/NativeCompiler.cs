using System.Diagnostics;

namespace Camfx.Abi.Tests;

/// <summary>gcc and pkg-config.</summary>
internal static class NativeCompiler
{
    private static readonly string s_root = FindRoot();

    /// <summary>Whether gcc is installed.</summary>
    internal static bool IsThere { get; } = TryRun("gcc", ["--version"], out _);

    /// <summary>Whether the development files of a library are installed.</summary>
    internal static bool Has(string package) => TryRun("pkg-config", ["--exists", package], out _);

    /// <summary>Lets gcc read a C file.</summary>
    /// <returns>Its complaints, one a line; empty when there are none.</returns>
    internal static string Check(string name, string program, BindingTable table)
    {
        string folder = Path.Combine(s_root, "out", "abi");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{name}.c");
        File.WriteAllText(file, program);

        // sizeof of a void function is 1 to gcc, with a warning nobody needs; a null pointer for a nonnull argument is not passed.
        List<string> arguments = ["-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-Wno-pointer-arith", "-Wno-nonnull"];
        arguments.AddRange(table.IncludeFolders.Select(include => $"-I{Path.Combine(s_root, include)}"));
        foreach (string package in table.Packages)
        {
            Assert.True(TryRun("pkg-config", ["--cflags", package], out string flags), flags);
            arguments.AddRange(flags.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        if (TryRun("gcc", [.. arguments, file], out string output))
            return "";
        return string.Join('\n', output.Split('\n').Where(line => line.Contains("error:", StringComparison.Ordinal)));
    }

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
