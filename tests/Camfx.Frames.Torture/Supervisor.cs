using Camfx.Frames.Torture.Board;
using Camfx.Posix;

namespace Camfx.Frames.Torture;

/// <summary>Kills readers and writers at random moments and asserts what must hold in spite of it.</summary>
internal sealed class Supervisor(TortureOptions options)
{
    private const long MeasureNs = 8_000_000_000;
    private const long TurnNs = 250_000_000;
    private const int LongestPauseMs = 20;

    private readonly Findings _findings = new();
    private readonly Random _random = new(options.Seed);

    public int Run()
    {
        Console.WriteLine($"torture: seed {options.Seed}, {options.Width}x{options.Height} I420, {Scoreboard.Readers} readers, {options.Kills} kills of readers and of writers");
        if (options.CReader == null) _findings.Skip("readers in C", "gcc is not installed");
        if (options.PythonReader == null) _findings.Skip("a reader in Python", "python3 is not installed");
        TestTheChecker();
        using (var scene = new Scene(options)) Torture(scene);
        return _findings.Failed ? 1 : 0;
    }

    /// <summary>Readers that leave out the look at the sequence must see torn frames: else the rest of this test says nothing.</summary>
    private void TestTheChecker()
    {
        using var scene = new Scene(options, credulous: true);
        int[] places = options.CReader == null ? [(int)Manner.Hold] : [(int)Manner.Hold, 6];
        scene.StartWriter();
        foreach (int place in places) scene.Readers[place].Start();
        string? fault = scene.Await("a torn frame at each credulous reader", () => places.All(place => scene.Board.Reader(place).Torn > 0));
        _findings.Assert(
            "readers that skip the sequence check see torn frames", fault == null,
            fault ?? string.Join(", ", places.Select(place => $"{scene.Board.Reader(place).Torn} of {scene.Board.Reader(place).Accepted}")));
    }

    private void Torture(Scene scene)
    {
        long begin = MonotonicClock.Now;
        scene.StartWriter();
        foreach (Child reader in scene.Readers) reader.Start();
        string? fault = KillAll(scene);
        double seconds = (MonotonicClock.Now - begin) / 1e9;
        int killedReaders = scene.Readers.Sum(reader => reader.Kills);
        _findings.Assert(
            "nobody hangs and nobody ends by himself", fault == null,
            fault ?? $"{killedReaders} readers and {scene.Writer.Kills} writers killed in {seconds:0} s, the longest wait for a frame was {scene.LongestWait / 1e9:0.0} s of {Scene.PatienceNs / 1e9:0}");
        if (fault != null) return;

        // The last writer has outlived the last kills; for the figures it goes on for a while, with readers that sleep and with ones that do not, in turns.
        long measured = MonotonicClock.Now + MeasureNs;
        fault = scene.Await("the end of measuring", () =>
        {
            scene.Board.Restless = (measured - MonotonicClock.Now) / TurnNs % 2 == 0;
            return MonotonicClock.Now > measured;
        });
        scene.Board.Restless = false;
        fault ??= scene.Await("every reader at the last writer", () => Enumerable.Range(0, scene.Readers.Length).All(scene.HasFrame));
        _findings.Assert("every reader is at the last writer", fault == null, fault ?? $"generation {scene.Board.Writer.Generation}");
        Footprint[] footprints = [.. scene.Readers.Select(reader => Footprint.Of(reader.ProcessId))];
        _findings.Assert(
            "a reader holds one queue, however many writers it has outlived",
            footprints.All(held => held is { Queues: 1, Pages: 1, Memory: <= 1, Controls: <= 1, Sockets: 1 }) && scene.Board.Reader(0).Connections > scene.Writer.Kills / 2,
            $"the one that was never killed has had {scene.Board.Reader(0).Connections} of {scene.Writer.Kills + 1}; {string.Join(" ", footprints.Distinct())}");
        EndReaders(scene);
        Verdict(scene);
        scene.Board.StopWriter = true;
        _findings.Assert("the writer ends when it is told to", scene.Writer.Join(TimeSpan.FromSeconds(20)), "ended");
    }

    private string? KillAll(Scene scene)
    {
        // The last kills of readers meet a writer that nobody kills: what they leave behind would stay in it.
        int reserve = Math.Max(1, options.Kills / 10);
        long next = 0;
        for (int readers = 0, writers = 0; readers < options.Kills || writers < options.Kills; Thread.Sleep(1))
        {
            if (scene.Watch() is string complaint) return complaint;
            if (MonotonicClock.Now < next) continue;

            // A reader can be killed sooner again than the writer: they keep step, so that both die all along.
            int quota = writers < options.Kills ? Math.Min(options.Kills - reserve, writers + Scoreboard.Readers) : options.Kills;

            // Reader 0 lives through everything. One that was just started is spared until it has had a frame.
            int[] victims = readers >= quota ? [] : [.. Enumerable.Range(1, scene.Readers.Length - 1).Where(scene.HasFrame)];
            if (writers < options.Kills && scene.WriterIsRead && (victims.Length == 0 || _random.Next(2) == 0))
            {
                scene.Writer.Kill();
                scene.StartWriter();
                writers++;
            }
            else if (victims.Length > 0)
            {
                Child victim = scene.Readers[victims[_random.Next(victims.Length)]];
                victim.Kill();
                victim.Start();
                readers++;
            }
            else
            {
                continue;
            }

            next = MonotonicClock.Now + _random.Next(LongestPauseMs * 1_000_000);
        }

        return null;
    }

    /// <summary>Half of them are killed, half end in order; the writer must be left as if none had ever been there.</summary>
    private void EndReaders(Scene scene)
    {
        for (int place = 0; place < scene.Readers.Length; place += 2) scene.Readers[place].Dispose();
        scene.Board.StopReaders = true;
        bool ended = scene.Readers.All(reader => reader.Join(TimeSpan.FromSeconds(20)));
        _findings.Assert("the readers end when they are told to", ended, "ended");
        string? fault = scene.Await(
            "the return of all leases", () => scene.Board.Writer is { Consumers: 0, Leased: 0, FreeLeases: Scene.Leases }, watch: false);
        WriterScore writer = scene.Board.Writer;
        _findings.Assert(
            "all leases are back when the readers are gone", fault == null,
            $"{writer.Consumers} consumers, {writer.Leased} leased, {writer.FreeLeases} of {Scene.Leases} free");

        // Its two queues, its listening socket, and nothing of any reader.
        var expected = new Footprint(Queues: 2, Pages: 0, Memory: 2, Controls: 0, Sockets: 1);
        Footprint found = default;
        scene.Await("the writer's footprint", () => (found = Footprint.Of(scene.Writer.ProcessId)) == expected, watch: false);
        _findings.Assert("the writer keeps no descriptor and no mapping of a reader", found == expected, $"{found}");
    }

    private void Verdict(Scene scene)
    {
        WriterScore writer = scene.Board.Writer;
        ReaderScore[] readers = [.. Enumerable.Range(0, scene.Readers.Length).Select(place => scene.Board.Reader(place))];
        for (int place = 0; place < readers.Length; place++)
        {
            ReaderScore score = readers[place];
            Console.WriteLine(
                $"     {scene.Readers[place].Name}: {score.Accepted} frames, {score.RejectedTorn} torn and rejected, {score.RejectedWhole} rejected, "
                + $"{score.Misses} missed, {score.Connections} queues, killed {scene.Readers[place].Kills} times");
        }

        long accepted = readers.Sum(score => score.Accepted);
        _findings.Assert(
            "no torn frame is accepted", readers.Sum(score => score.Torn) == 0 && readers.All(score => score.Accepted > 0),
            $"{readers.Sum(score => score.Torn)} of {accepted} read and checked, {writer.Published} published");
        long rejected = readers.Sum(score => score.RejectedTorn);
        _findings.Assert(
            "torn frames were there and were rejected", rejected > 0 && writer.Revoked > 0, $"{rejected}, {writer.Revoked} leases revoked, {writer.Contended} slots contended");

        // A writer that is killed between revoking and counting leaves one out.
        _findings.Assert("a leased frame is never drawn over before its lease is revoked", rejected <= writer.Revoked + scene.Writer.Kills, $"{rejected} were");

        // Some oversleep where processors are few; who is woken by nobody oversleeps every time.
        ReaderScore follower = readers[(int)Manner.Follow];
        _findings.Assert("a sleeper is woken by the frame it sleeps for", follower.Overslept < follower.Waits / 2, $"{follower.Overslept} of {follower.Waits} times not");
        _findings.Assert("no error but a hang-up, each generation later than the one before", readers.Sum(score => score.Breaches) == 0, $"{readers.Sum(score => score.Breaches)} others");
        _findings.Assert("the writer always finds a slot", writer.NoSlot == 0, $"{writer.NoSlot} times not");
        Scoreboard board = scene.Board;
        long alone = PublishTimes.Quantile(0.99, board.Alone), awake = PublishTimes.Quantile(0.99, board.Read), all = PublishTimes.Quantile(0.99, board.Read, board.Waking);
        Console.WriteLine(
            $"     publish (TryBegin and Publish), p50/p99: {Both(board.Alone)} with no reader, {Both(board.Read)} with {Scoreboard.Readers} that are awake, "
            + $"{Both(board.Waking)} with a system call that wakes some; {board.Alone.Count}, {board.Read.Count}, {board.Waking.Count} times");

        // No figure of speed is asserted but an absurd one: a producer that waits for a reader takes a lease's time, not a scheduler's.
        _findings.Assert(
            "the producer does not wait for readers", all < 100_000_000 && board.Alone.Count > 100 && board.Read.Count > 100,
            $"p99 of publishing with readers to that with none: {(double)awake / Math.Max(1, alone):0.0} when they are awake, {(double)all / Math.Max(1, alone):0.0} when they are woken");
    }

    private static string Both(PublishTimes times) => $"{PublishTimes.Quantile(0.5, times)}/{PublishTimes.Quantile(0.99, times)} ns";
}
