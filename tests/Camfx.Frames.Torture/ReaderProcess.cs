using Camfx.Frames.Queue;
using Camfx.Frames.Torture.Board;
using Camfx.Posix;

namespace Camfx.Frames.Torture;

/// <summary>A consumer that reads in its manner, checks every frame, and finds the next writer when one dies.</summary>
/// <param name="board">Where it counts.</param>
/// <param name="path">The camera's socket.</param>
/// <param name="place">Its place on the board.</param>
/// <param name="manner">How it reads.</param>
/// <param name="credulous">Whether it takes every frame for whole, whatever the protocol says: so the checker itself is tested.</param>
internal sealed unsafe class ReaderProcess(Scoreboard board, string path, int place, Manner manner, bool credulous)
{
    // Below the 30 ms after which a reader of these queues sleeps otherwise.
    private const long OversleptNs = 20_000_000;

    private readonly Random _random = new(Environment.ProcessId);
    private FrameBuffer? _copy;
    private FrameLease _held;
    private bool _holding;

    private bool Stopping => board.StopReaders || board.IsOrphan;

    private ref ReaderScore Score => ref board.Reader(place);

    public int Run()
    {
        Score.ProcessId = Environment.ProcessId;
        ulong ended = 0;
        while (!Stopping)
        {
            using FrameQueueConnection? connection = TryConnect();
            if (connection == null)
            {
                Thread.Sleep(2);
                continue;
            }

            ulong generation = connection.Reader.Generation;
            if (generation <= ended) Breach($"generation {generation} came after {ended} had ended");
            Score.Generation = generation;
            Score.Connections++;
            Read(connection);
            ended = generation;
            _holding = false;
        }

        _copy?.Dispose();
        return 0;
    }

    private FrameQueueConnection? TryConnect()
    {
        try
        {
            return FrameQueueConnection.Connect(path, leases: manner switch { Manner.Copy => 0, Manner.Pair => 2, _ => 1 });
        }
        catch (QueueException failure) when (failure.Error is QueueError.NoSuchQueue or QueueError.Disconnected)
        {
            // The writer is dead, or was killed while it answered: the next one comes.
            return null;
        }
        catch (Exception failure) when (failure is QueueException or PosixException)
        {
            Breach(failure.Message);
            return null;
        }
    }

    private void Read(FrameQueueConnection connection)
    {
        FrameQueueReader reader = connection.Reader;
        try
        {
            while (!Stopping)
            {
                if (board.Restless)
                {
                    if (reader.NewestSequence > reader.LastSequence) Take(reader);
                    else Thread.Yield();
                    continue;
                }

                // Without a deadline: whom nobody wakes is stuck, and found out.
                long asleep = MonotonicClock.Now;
                QueueEvent happened = connection.Wait(reader.LastSequence, Futex.NoDeadline);
                Score.Waits++;
                if (MonotonicClock.Now - asleep > OversleptNs && reader.NewestSequence > reader.LastSequence + 1) Score.Overslept++;
                if (happened == QueueEvent.Ended) return;
                if (happened == QueueEvent.Frame) Take(reader);
                else Breach($"'{happened}' came from a writer that never changes its queue");
            }
        }
        catch (Exception failure) when (failure is QueueException or PosixException)
        {
            Breach(failure.Message);
        }
    }

    private void Take(FrameQueueReader reader)
    {
        // A share can be less than what was asked for; with none, everybody copies.
        if (manner == Manner.Copy || reader.Share == 0)
        {
            _copy ??= new FrameBuffer(reader.Layout, reader.Matrix, reader.Range);
            if (reader.TryCopyNewest(_copy.View, out CopiedFrame copied)) Judge(_copy.View.Plane(0), reader, copied.Sequence, whole: true);
            else Score.Misses++;
            return;
        }

        if (!reader.TryAcquire(out FrameLease lease))
        {
            Score.Misses++;
            return;
        }

        Score.Sequence = lease.Sequence;
        Volatile.Write(ref Score.Progress, MonotonicClock.Now);
        if (manner == Manner.Hold) Thread.Sleep(_random.Next(550, 700));
        if (manner == Manner.Slow) Thread.Sleep(_random.Next(5, 50));
        if (manner != Manner.Pair || reader.Share < 2)
        {
            GiveBack(reader, lease);
            return;
        }

        if (_holding) GiveBack(reader, _held);
        (_held, _holding) = (lease, true);
    }

    private void GiveBack(FrameQueueReader reader, in FrameLease lease)
    {
        bool right = Picture.IsWhole(lease.View.Plane(0), reader.Layout.Size, reader.Generation, lease.Sequence);
        Count(right, reader.Release(lease));
    }

    private void Judge(byte* pixels, FrameQueueReader reader, ulong sequence, bool whole)
    {
        Score.Sequence = sequence;
        Volatile.Write(ref Score.Progress, MonotonicClock.Now);
        Count(Picture.IsWhole(pixels, reader.Layout.Size, reader.Generation, sequence), whole);
    }

    private void Count(bool right, bool whole)
    {
        if (whole || credulous)
        {
            Score.Accepted++;
            if (!right) Score.Torn++;
        }
        else if (right)
        {
            Score.RejectedWhole++;
        }
        else
        {
            Score.RejectedTorn++;
        }
    }

    private void Breach(string what)
    {
        Score.Breaches++;
        Console.Error.WriteLine($"reader {place} ({manner}): {what}");
    }
}
