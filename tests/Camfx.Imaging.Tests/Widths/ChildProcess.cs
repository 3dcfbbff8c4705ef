using System.Diagnostics;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>Runs <see cref="KernelCases"/> in a process with some instructions switched off.</summary>
internal static class ChildProcess
{
    /// <summary>What the cases gave: name and hash, one a line, after a line that tells the width.</summary>
    public static string[] Run(string expectedWidth, params ReadOnlySpan<string> switchedOff)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add("kernels");
        start.ArgumentList.Add(expectedWidth);
        foreach (string variable in switchedOff) start.Environment[variable] = "0";

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The child ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
