using System.Diagnostics;
using Camfx.Frames.Queue;

namespace Camfx.Frames.Fuzz;

/// <summary>Starts workers, notices what becomes of them, and tells. A worker that dies or hangs is a finding, with the words that replay it.</summary>
internal sealed class Foreman(FuzzOptions options)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Ledger _ledger = Ledger.Create();
    private readonly string? _results = Environment.GetEnvironmentVariable("RESULTS");
    private bool _failed;

    public int Run()
    {
        Console.WriteLine($"fuzz: seed {options.Seed}, {options.Count} mutations, {options.Workers} workers");
        foreach (string side in new[] { "before", "after" })
        {
            using Process prover = Start("prove", side);
            prover.WaitForExit();
            Assert($"a read {side} the mapping ends the process", prover.ExitCode is 134 or 139, $"exit code {prover.ExitCode}");
        }

        for (int worker = 0; worker < options.Workers; worker++) _ledger.Of(worker) = default;
        Process[] workers = [.. Enumerable.Range(0, options.Workers).Select(worker => Start("worker", $"{worker}"))];
        string fault = string.Join("; ", workers.Select(Watch).OfType<string>());
        foreach (Process worker in workers) worker.Dispose();
        Assert("no crash, no hang, no violation", fault.Length == 0, fault.Length == 0 ? "none" : fault);
        Tell();
        _ledger.Dispose();
        return _failed ? 1 : 0;
    }

    private Process Start(string role, string argument)
    {
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? ["exec", typeof(Foreman).Assembly.Location] : [];
        string[] arguments = [role, argument, _ledger.Path, $"{options.Seed}", $"{options.Count}", $"{options.First}", $"{options.Cases}", $"{options.Workers}"];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. arguments]);

        // What a prover says when it dies is expected and tells nobody anything.
        start.RedirectStandardError = role == "prove";
        Process process = Process.Start(start)!;
        if (role == "prove") process.BeginErrorReadLine();
        return process;
    }

    private string? Watch(Process process, int worker)
    {
        long seen = -1;
        while (!process.WaitForExit(s_patience))
        {
            long cases = Volatile.Read(ref _ledger.Of(worker).Cases);
            if (cases != seen)
            {
                seen = cases;
                continue;
            }

            process.Kill();
            process.WaitForExit();
            return $"worker {worker} hung {Where(worker)}";
        }

        return process.ExitCode == 0 ? null : $"worker {worker} ended with {process.ExitCode} {Where(worker)}";
    }

    private string Where(int worker)
    {
        LedgerEntry entry = _ledger.Of(worker);
        return entry.InStorm != 0
            ? $"while a producer wrote beside it; --seed {options.Seed} --count {options.Count} runs the same again"
            : $"in case {entry.Case}; --seed {options.Seed} --first {entry.Case} --cases 1 replays it";
    }

    private unsafe void Tell()
    {
        LedgerEntry sum = default;
        var refused = new long[32];
        for (int worker = 0; worker < options.Workers; worker++)
        {
            LedgerEntry entry = _ledger.Of(worker);
            sum.Mutations += entry.Mutations;
            sum.StormMutations += entry.StormMutations;
            sum.Attached += entry.Attached;
            sum.Guarded += entry.Guarded;
            sum.Frames += entry.Frames;
            sum.LongestCall = Math.Max(sum.LongestCall, entry.LongestCall);
            for (int kind = 0; kind < refused.Length; kind++) refused[kind] += entry.Refused[kind];
        }

        if (options.Cases == 0)
        {
            Assert("as many mutations as asked for", sum.Mutations >= options.Count, $"{sum.Mutations}, of which {sum.StormMutations} beside a running reader");
            Assert("readers were guarded and read frames", sum.Guarded > sum.Attached * 9 / 10 && sum.Frames > 100, $"{sum.Attached} attached, {sum.Guarded} guarded, {sum.Frames} frames read to the last byte");
        }

        Console.WriteLine($"     longest call: {sum.LongestCall} steps");
        Console.WriteLine("     refused: " + string.Join(", ", Enum.GetValues<QueueError>().Where(kind => refused[(int)kind] > 0).Select(kind => $"{kind} {refused[(int)kind]}")));
    }

    private void Assert(string what, bool holds, string seen)
    {
        _failed |= !holds;
        Console.WriteLine($"{(holds ? "ok  " : "FAIL")} {what}: {seen}");
        if (_results != null) File.AppendAllText(_results, $"{(holds ? "pass" : "fail")}\tfuzz: {what}\t{(holds ? "" : seen)}\n");
    }
}
