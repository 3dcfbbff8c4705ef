using System.Globalization;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Service;

namespace Camfx.Tests.Service;

/// <summary>
/// Eight clients that call anything with anything. <c>CAMFX_STORM_SECONDS</c> says how long; <c>make torture</c> takes a minute and then also asks for
/// the frames' pace and for flat memory, which a busy machine cannot promise in a moment.
/// </summary>
public sealed class StormTests : IDisposable
{
    private const int Clients = 8;

    private static readonly int s_seconds =
        int.TryParse(Environment.GetEnvironmentVariable("CAMFX_STORM_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 4;

    private readonly ServiceFixture _on = new();

    public void Dispose() => _on.Dispose();

    [SkippableFact]
    public void Frames_go_on_and_every_wrong_call_gets_an_error_of_its_member()
    {
        int seed = Environment.TickCount;
        bool whole = s_seconds >= 60;
        using FrameQueueConnection watcher = _on.Service.Watch();
        ulong last = Release(watcher, Waiting.Next(watcher, 0)).Sequence;
        long begin = MonotonicClock.Now, end = begin + (s_seconds * 1_000_000_000L), memory = 0;
        StormClient[] clients = [.. Enumerable.Range(0, Clients).Select(number => new StormClient(_on.Service.Daemon.Connect(), new Random(seed + number), end))];
        List<long> intervals = [];
        long before = 0;
        while (MonotonicClock.Now < end)
        {
            FrameLease frame = Release(watcher, Waiting.Next(watcher, last));
            if (frame.Sequence == last + 1 && before > 0) intervals.Add(frame.Timing.PresentationTime - before);
            (last, before) = (frame.Sequence, frame.Timing.PresentationTime);
            if (memory == 0 && MonotonicClock.Now - begin > (end - begin) / 4) memory = Resident();
        }

        foreach (StormClient client in clients) client.Join();

        long grown = Resident() - memory;
        intervals.Sort();
        string figures = $"seed {seed}: {clients.Sum(client => client.Calls)} calls, {clients.Sum(client => client.Refused)} refused, {intervals.Count} frames, "
            + $"p99 interval {(intervals.Count > 0 ? intervals[intervals.Count * 99 / 100] / 1e6 : 0):0.0} ms, memory grew by {grown / 1048576} MiB";
        Assert.Empty(clients.SelectMany(client => client.Wrong).Distinct().Select(wrong => $"{wrong} ({figures})"));
        Assert.False(_on.Service.HasEnded, $"the service ended ({figures}): {_on.Service.Errors}");
        Assert.True(intervals.Count > s_seconds * 5, figures);
        Assert.True(clients.All(client => client.Calls > 20), figures);
        if (whole) Assert.True(intervals[intervals.Count * 99 / 100] < 50_000_000 && grown < 16 * 1048576, figures);
        if (whole) Console.Error.WriteLine($"storm: {figures}");
        _on.Root.Refresh();
        Assert.NotEmpty(_on.Root.Cameras);
    }

    private static FrameLease Release(FrameQueueConnection watcher, FrameLease frame)
    {
        watcher.Reader.Release(frame);
        return frame;
    }

    /// <summary>Bytes of memory that the service has.</summary>
    private long Resident() => long.Parse(
        File.ReadLines($"/proc/{_on.Service.ProcessId}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) * 1024;
}
