using Camfx.Frames.Queue;
using Camfx.Frames.Torture.Board;
using Camfx.Posix;

namespace Camfx.Frames.Torture;

/// <summary>
/// The producer: draws and publishes as fast as it can until it is killed. Beside the queue that is read it publishes to one that nobody reads, frame by frame
/// in turns, so that both are measured in the same moments of the same machine.
/// </summary>
internal sealed unsafe class WriterProcess(Scoreboard board, string path, FrameLayout layout, int leases, ulong generation)
{
    // Until then the runtime is still optimising.
    private const long WarmUpNs = 2_000_000_000;

    private long _revoked;
    private long _contended;

    public int Run()
    {
        using var queue = FrameQueueWriter.Create(Options("torture"));
        using var alone = FrameQueueWriter.Create(Options("alone"));
        using var server = new FrameQueueServer(path, new OneQueue(queue));
        long warm = MonotonicClock.Now + WarmUpNs;
        ref WriterScore score = ref board.Writer;
        score.ProcessId = Environment.ProcessId;
        score.Progress = MonotonicClock.Now;
        Volatile.Write(ref score.Generation, generation);
        for (bool readFirst = false; !board.StopWriter && !board.IsOrphan; readFirst = !readFirst)
        {
            FrameSlot read, unread;
            bool found;
            long start = MonotonicClock.Now, middle;
            if (readFirst)
            {
                found = queue.TryBegin(out read);
                middle = MonotonicClock.Now;
                _ = alone.TryBegin(out unread);
            }
            else
            {
                _ = alone.TryBegin(out unread);
                middle = MonotonicClock.Now;
                found = queue.TryBegin(out read);
            }

            long end = MonotonicClock.Now, beginFirst = middle - start, beginSecond = end - middle;
            if (!found)
            {
                score.NoSlot++;
                alone.Abandon(unread);
                continue;
            }

            Picture.Draw(read.View.Plane(0), layout.Size, generation, queue.NewestSequence + 1);
            FrameQueueStatistics before = queue.Statistics;
            var timing = new FrameTiming(end, end);
            start = MonotonicClock.Now;
            if (readFirst)
            {
                queue.Publish(read, timing);
                middle = MonotonicClock.Now;
                alone.Publish(unread, timing);
            }
            else
            {
                alone.Publish(unread, timing);
                middle = MonotonicClock.Now;
                queue.Publish(read, timing);
            }

            end = MonotonicClock.Now;
            FrameQueueStatistics after = queue.Statistics;
            Count(ref score, after, queue.FreeLeases, end);
            if (end < warm || after.Consumers < Scoreboard.Readers / 2) continue;
            long first = beginFirst + middle - start, second = beginSecond + end - middle;
            bool woke = after.FutexWakes + after.Messages + after.MessagesDropped != before.FutexWakes + before.Messages + before.MessagesDropped;
            board.Alone.Add(readFirst ? second : first);
            (woke ? board.Waking : board.Read).Add(readFirst ? first : second);
        }

        return 0;
    }

    private void Count(ref WriterScore score, in FrameQueueStatistics now, int freeLeases, long time)
    {
        score.Published++;
        score.Revoked += now.Revoked - _revoked;
        score.Contended += now.Contended - _contended;
        (_revoked, _contended) = (now.Revoked, now.Contended);
        (score.Leased, score.Consumers, score.FreeLeases) = (now.Leased, now.Consumers, freeLeases);
        Volatile.Write(ref score.Progress, time);
    }

    // The declared rate sets the readers' patience: three frame times after the last frame they listen for the hang-up.
    private FrameQueueOptions Options(string name) => new(name, layout, ColorMatrix.Bt709, ColorRange.Limited, 100, 1, leases, generation);
}
