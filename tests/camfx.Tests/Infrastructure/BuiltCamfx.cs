using System.Diagnostics;

namespace Camfx.Tests.Infrastructure;

/// <summary>The camfx that <c>make build</c> made, run as a process.</summary>
internal static class BuiltCamfx
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>The repository, found from where the tests lie.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Executable { get; } = Path.Combine(Repository, "out", "bin", "camfx");

    /// <summary>Starts it with its output readable. The caller ends it.</summary>
    public static Process Start(IReadOnlyList<string> arguments, string? runtimeDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        Skip.IfNot(File.Exists(Executable), "out/bin/camfx is not built; run 'make build'");
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (runtimeDirectory is not null) start.Environment["XDG_RUNTIME_DIR"] = runtimeDirectory;
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<Result> RunAsync(params string[] arguments) => EndAsync(Start(arguments));

    /// <summary>Runs it to its end with other environment variables.</summary>
    public static Task<Result> RunInAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) => EndAsync(Start(arguments, environment: environment));

    /// <summary>Runs another program to its end, e.g. one that prepares the ground for camfx.</summary>
    public static Task<Result> RunProgramAsync(string program, params string[] arguments) =>
        EndAsync(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!);

    private static async Task<Result> EndAsync(Process started)
    {
        using Process process = started;
        using var patience = new CancellationTokenSource(s_patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token), errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }

        return new Result(process.ExitCode, await output, await errors);
    }

    /// <summary>The folder of camfx.sln.</summary>
    public static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "camfx.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"There is no camfx.sln above {AppContext.BaseDirectory}.");
    }

    internal sealed record Result(int ExitCode, string Output, string Errors);
}
