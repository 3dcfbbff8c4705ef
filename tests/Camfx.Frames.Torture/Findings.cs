namespace Camfx.Frames.Torture;

/// <summary>What was asserted and how it went: printed, and for the test rings appended to the file that RESULTS names.</summary>
internal sealed class Findings
{
    private readonly string? _file = Environment.GetEnvironmentVariable("RESULTS");

    public bool Failed { get; private set; }

    public void Assert(string what, bool holds, string seen)
    {
        Failed |= !holds;
        Console.WriteLine($"{(holds ? "ok  " : "FAIL")} {what}: {seen}");
        Write(holds ? "pass" : "fail", what, holds ? "" : seen);
    }

    public void Skip(string what, string reason)
    {
        Console.WriteLine($"skip {what}: {reason}");
        Write("skip", what, reason);
    }

    private void Write(string kind, string what, string reason)
    {
        if (_file != null) File.AppendAllText(_file, $"{kind}\tstress: {what}\t{reason}\n");
    }
}
