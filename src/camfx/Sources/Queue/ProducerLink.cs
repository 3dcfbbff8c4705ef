using Camfx.Frames.Queue;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Sources.Queue;

/// <summary>
/// A queue source's way to its producer: a thread that connects, hears when the producer ends, hangs or has another queue, and connects again when
/// it is back. It sleeps in between: on the queue, or on the folder in which the producer's socket will appear.
/// </summary>
internal sealed class ProducerLink : SourceLink
{
    /// <summary>
    /// A producer is given two and a quarter of its frame times: one frame may be left out and the next one late. The card is then drawn before
    /// the third is over.
    /// </summary>
    private const int PatienceNumerator = 9, PatienceDenominator = 4;

    /// <summary>Where a declared rate is slower, its producer is late all the same after two of these, ns.</summary>
    private const long LongestInterval = 60_000_000_000;

    /// <summary>How long a producer may take to its first frame before that is called hanging.</summary>
    private const long FirstFrameNs = 1_000_000_000;

    /// <summary>Until the next try when a producer hung up on the first one: it was just ending, or beginning.</summary>
    private const long HungUpPauseNs = 250_000_000;

    private readonly string _name;
    private readonly long _cameraInterval;

    /// <param name="name">The queue's name.</param>
    /// <param name="cameraInterval">Time between two frames of the camera, ns: a producer that is faster is not called late before the camera could show it.</param>
    public ProducerLink(string name, long cameraInterval)
        : base("camfx queue")
    {
        _name = name;
        _cameraInterval = cameraInterval;
    }

    /// <summary>The queue to read frames from, or null. To be used with <see cref="SourceLink.Gate"/> held.</summary>
    public FrameQueueReader? Reader { get; private set; }

    /// <summary>Where the queue's socket is.</summary>
    /// <exception cref="CamfxException">XDG_RUNTIME_DIR is not set.</exception>
    public static string PathOf(string name) => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
        ? FrameQueueAddress.PathOf(runtime, name)
        : throw new CamfxException(ExitCode.Failed, $"The source 'queue:{name}' cannot be found: set XDG_RUNTIME_DIR.");

    protected override void Follow()
    {
        string path = PathOf(_name), folder = Path.GetDirectoryName(path)!;
        while (!HasEnded)
        {
            // Made before the try: a producer that comes right after it is not missed.
            using FolderWatch watch = WatchWayTo(folder);
            using FrameQueueConnection? connection = TryConnect(path, out long pause);
            if (connection is null) Sleep(watch, pause);
            else Follow(connection);
        }
    }

    protected override CamfxException Describe(Exception failure) =>
        new(ExitCode.Failed, $"The queue '{_name}' cannot be shown: {failure.Message}", failure);

    /// <summary>The connection, or null while nobody is there; then <paramref name="pause"/> says how long to wait for somebody at most.</summary>
    private FrameQueueConnection? TryConnect(string path, out long pause)
    {
        pause = Poll.NoTimeout;
        try
        {
            // A producer that hangs answers when it goes on.
            return FrameQueueConnection.Connect(path, leases: 1, timeoutNs: Poll.NoTimeout, end: End);
        }
        catch (QueueException failure) when (failure.Error == QueueError.NoSuchQueue)
        {
            Say(Trouble ?? $"No program offers the queue '{_name}' yet. The camera shows it as soon as one does.");
            return null;
        }
        catch (QueueException failure) when (failure.Error == QueueError.Disconnected)
        {
            pause = HungUpPauseNs;
            return null;
        }
    }

    /// <summary>Watches the folder or, where it is not there yet, the one in which the way to it will begin.</summary>
    private static FolderWatch WatchWayTo(string folder)
    {
        while (true)
        {
            string watched = folder, missing = "";
            for (; !Directory.Exists(watched); watched = Path.GetDirectoryName(watched)!) missing = watched;
            FolderWatch watch = FolderWatch.Create(watched);
            if (!Directory.Exists(missing)) return watch;

            // It was made between the look and the watch.
            watch.Dispose();
        }
    }

    private void Sleep(FolderWatch watch, long pause)
    {
        Span<PollDescriptor> descriptors =
            [new PollDescriptor(watch.Descriptor, PollEvents.Readable), new PollDescriptor(End.Descriptor, PollEvents.Readable)];
        _ = Poll.Wait(descriptors, pause);
    }

    /// <summary>Stays with a producer until it is gone.</summary>
    private void Follow(FrameQueueConnection connection)
    {
        try
        {
            Take(connection.Reader);
            Watch(connection);
        }
        finally
        {
            // However it ends: the queue is unmapped next.
            Take(null);
        }
    }

    private void Watch(FrameQueueConnection connection)
    {
        ulong last = 0;
        long deadline = MonotonicClock.Now + FirstFrameNs;
        while (!HasEnded)
        {
            switch (connection.Wait(last, deadline))
            {
                case QueueEvent.Frame:
                    deadline = MonotonicClock.Now + Patience(connection.Reader);
                    bool first = last == 0;
                    last = connection.Reader.NewestSequence;
                    if (first || Trouble is not null) Say(null);
                    if (first) CardFonts.WarmUp();
                    break;
                case QueueEvent.NewQueue:
                    Take(connection.Reader);
                    last = 0;
                    deadline = MonotonicClock.Now + FirstFrameNs;
                    break;
                case QueueEvent.Ended:
                    Say($"The program behind the queue '{_name}' has ended. The camera goes on when it is back.");
                    return;
                default:
                    if (HasEnded) break;
                    Say($"The program behind the queue '{_name}' sends no frames. The camera goes on when it does.");
                    deadline = Futex.NoDeadline;
                    break;
            }
        }
    }

    private long Patience(FrameQueueReader reader)
    {
        long interval = Math.Min(LongestInterval, 1_000_000_000L * reader.FrameRateDenominator / reader.FrameRateNumerator);
        return Math.Max(interval, _cameraInterval) * PatienceNumerator / PatienceDenominator;
    }

    private void Take(FrameQueueReader? reader)
    {
        lock (Gate) Reader = reader;
    }
}
