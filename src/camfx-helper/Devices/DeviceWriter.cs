using System.Collections.Concurrent;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Helper.Placeholder;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

/// <summary>
/// The one thread that writes into a device's nodes, from their making to their removal: placeholders while there is nothing else, frames of a
/// queue while there is one and somebody watches. It changes from one to the other between two frames.
/// </summary>
/// <remarks><see cref="Attach"/>, <see cref="Detach"/>, <see cref="Stop"/> and <see cref="Counters"/> are thread-safe; the rest belongs to the thread.</remarks>
internal sealed partial class DeviceWriter : IDisposable
{
    /// <summary>How long the thread sleeps at most before it looks at what it was told, ns: while it sleeps on a queue it hears nothing else.</summary>
    private const long LongestSleepNs = 100_000_000;

    /// <summary>How often an app's coming and going is looked for while frames come, ns.</summary>
    private const long UsageIntervalNs = 40_000_000;

    /// <summary>Until a device that is gone is looked for again, ns.</summary>
    private const long ReopenNs = 2_000_000_000;

    private readonly string _label;
    private readonly DeviceMode _mode;
    private readonly Func<IReadOnlyList<INodeOutput>> _open;
    private readonly IWriterEvents _events;
    private readonly Func<long> _clock;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly EventFd _wake = EventFd.Create();
    private readonly Thread _thread;
    private readonly FeedSchedule _schedule;
    private WatchedNode[] _nodes = [];
    private INodeOutput[] _outputs = [];
    private PollDescriptor[] _polled = [];
    private CardPicture? _card;
    private AttachedQueue? _queue;
    private FrameLease?[] _held = [];
    private string? _offReason;
    private long _lastUsage;
    private WriterStatus _status = WriterStatus.Begin;
    private FeedPhase _shown = FeedPhase.Off;
    private bool _stopping;
    private bool _leaving;

    /// <param name="label">The camera's name, for the placeholder.</param>
    /// <param name="mode">What the device shows.</param>
    /// <param name="open">Opens its nodes; called on the thread, and again when the device was gone.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="clock">CLOCK_MONOTONIC ns.</param>
    public DeviceWriter(string label, DeviceMode mode, Func<IReadOnlyList<INodeOutput>> open, IWriterEvents events, Func<long>? clock = null)
    {
        _label = label;
        _mode = mode;
        _open = open;
        _events = events;
        _clock = clock ?? (static () => MonotonicClock.Now);
        _schedule = new FeedSchedule(mode.FrameTimeNs);
        _thread = new Thread(Run) { Name = "device", IsBackground = true };
    }

    /// <summary>What it did so far.</summary>
    public FrameCounters Counters { get; } = new();

    /// <summary>Begins.</summary>
    public void Start() => _thread.Start();

    /// <summary>Shows the frames of a queue from the next one on.</summary>
    /// <param name="queue">Becomes the writer's.</param>
    /// <param name="wish">Which memory it is to use.</param>
    /// <param name="done">Called on the thread: null when it is attached; else why not, and nothing has changed but that no queue is attached.</param>
    public void Attach(AttachedQueue queue, MemoryWish wish, Action<string?> done) => Tell(() => done(Take(queue, wish)));

    /// <summary>Shows the placeholder from the next frame on.</summary>
    /// <param name="reason">What it says; null: that the camera is off.</param>
    public void Detach(string? reason) => Tell(() => LetGo(reason));

    /// <summary>Asks whether an app streams from one of the nodes at this moment.</summary>
    /// <param name="done">Called on the thread; false where nobody can tell.</param>
    public void AskForReaders(Action<bool> done) => Tell(() => done(_nodes.Any(static node => node.Output.ReadUsage() == true)));

    /// <summary>Ends the thread.</summary>
    /// <param name="leave">Whether the streams go on in the open files, for the process that takes over; else the nodes are closed.</param>
    public void Stop(bool leave)
    {
        Tell(() => (_stopping, _leaving) = (true, leave));
        if (_thread.IsAlive) _thread.Join();
    }

    public void Dispose() => _wake.Dispose();

    private void Tell(Action command)
    {
        _commands.Enqueue(command);
        _wake.Signal();
    }

    private void Run()
    {
        Exception? failure = TryOpen();
        _events.Opened(failure);
        if (failure is not null)
        {
            // Nobody waits for it: it is undone, or a device that was taken over and may come back.
            Fail(failure);
            Reopen();
        }

        while (!_stopping)
        {
            try
            {
                Sleep(Step());
            }
            catch (VideoException gone)
            {
                Lose(gone);
                Reopen();
            }
        }

        Finish();
    }

    /// <summary>Gives the nodes up. An app that has one open keeps the last picture that it was shown: not somebody's face.</summary>
    internal void Finish()
    {
        LetGo(_offReason);
        try
        {
            if (!_leaving && _outputs.Length > 0) ShowCards(FeedPhase.Off, _clock());
        }
        catch (VideoException)
        {
            // ignoring: the device is gone, and so is the picture.
        }

        Close(_leaving);
    }

    /// <summary>Opens the nodes and shows a first placeholder.</summary>
    internal Exception? TryOpen()
    {
        try
        {
            _outputs = [.. _open()];
            _nodes = [.. _outputs.Select(static output => new WatchedNode(output))];
            _polled = new PollDescriptor[_outputs.Length + 2];
            _card ??= new CardPicture(FrameLayout.Packed(_mode.Format, _mode.Width, _mode.Height));
            _card.Draw(CardTexts.For(_label, FeedPhase.Off, _offReason));
            Step();
            return null;
        }
        catch (Exception failure)
        {
            Close(leave: false);
            return failure;
        }
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When there is something to do next, CLOCK_MONOTONIC ns.</returns>
    internal long Step()
    {
        while (_commands.TryDequeue(out Action? command)) command();
        if (_stopping) return 0;
        long now = _clock();
        LookForReaders(now);
        TakeSlotsBack();
        if (_schedule.PhaseAt(now) >= FeedPhase.Starting && now >= _schedule.NextLook) ShowNewest(now);
        FeedPhase phase = _schedule.PhaseAt(now);
        long next = ShowCards(phase, now);
        Counters.Take(_outputs);
        Publish(phase);
        if (phase == FeedPhase.Streaming) next = Math.Min(next, _schedule.PatienceEnd);
        foreach (WatchedNode node in _nodes) next = Math.Min(next, node.Deadline);
        return next;
    }

    private void LookForReaders(long now)
    {
        if (now - _lastUsage >= UsageIntervalNs || _shown != FeedPhase.Streaming)
        {
            _lastUsage = now;
            foreach (WatchedNode node in _nodes) node.Look(now);
        }

        bool watched = false;
        foreach (WatchedNode node in _nodes) watched |= node.IsLookedAt;
        _schedule.Watch(watched);
    }

    /// <summary>Shows the placeholder on every node that has no frames and whose time it is.</summary>
    private long ShowCards(FeedPhase phase, long now)
    {
        bool turned = phase != _shown && phase != FeedPhase.Streaming;
        _shown = phase;
        if (turned)
        {
            // At once with what it says already, for drawing takes longer than a frame: what it says then follows.
            if (_queue is not null && phase == FeedPhase.Hanging) UseOwnBuffers();
            if (phase is FeedPhase.Hanging or FeedPhase.Off) ShowDueCards(phase, now, everywhere: true);
        }

        if (phase != FeedPhase.Streaming && CardTexts.For(_label, phase, _offReason) is var text && _card!.Text != text)
        {
            _card.Draw(text);
            ShowDueCards(phase, now, everywhere: true);
        }

        return ShowDueCards(phase, now, everywhere: false);
    }

    private long ShowDueCards(FeedPhase phase, long now, bool everywhere)
    {
        long next = long.MaxValue;
        foreach (WatchedNode node in _nodes)
        {
            if (phase == FeedPhase.Streaming && node.IsLookedAt) continue;
            if (everywhere || now >= node.NextCard)
            {
                if (node.Output.UsesSlots) UseOwnBuffers();
                long copied = node.Output.CopiedBytes;
                bool shown = node.Output.Write(_card!.View, now);
                Counters.AddPlaceholder(shown, node.Output.CopiedBytes - copied);
                node.NextCard = now + node.CardInterval;
            }

            next = Math.Min(next, node.NextCard);
        }

        return next;
    }

    private void Publish(FeedPhase phase)
    {
        bool watched = false;
        foreach (WatchedNode node in _nodes) watched |= node.Watched;
        bool live = phase == FeedPhase.Streaming || (phase == FeedPhase.Idle && HasNews());
        string state = live ? WriterStatus.Streaming : WriterStatus.Placeholder;
        string reason = phase switch
        {
            FeedPhase.Off => _offReason ?? "No queue is attached.",
            FeedPhase.Idle => live ? "Nobody watches, so the frames are left alone." : "Nobody watches.",
            FeedPhase.Starting => "The first frame has not come yet.",
            FeedPhase.Hanging => "The program behind this camera sends no frames.",
            _ => "",
        };
        string memory = _outputs.Length > 0 ? MemoryNow() : "none";
        if (_status.State == state && _status.Reason == reason && _status.Watched == watched && _status.Memory == memory) return;
        _status = new WriterStatus(state, reason, watched, memory, _outputs.Length > 0 ? _outputs[0].Buffers : 1);
        _events.Changed(_status);
    }

    private void Fail(Exception failure)
    {
        _status = new WriterStatus(WriterStatus.Failed, failure.Message, false, "none", 1);
        _events.Changed(_status);
    }

    private void Lose(VideoException gone)
    {
        Fail(gone);
        if (_queue is not null) GiveUp(gone.Message);
        Close(leave: false);
    }

    /// <summary>Until the device is back, or there is nothing to wait for any more.</summary>
    private void Reopen()
    {
        while (!_stopping)
        {
            long until = _clock() + ReopenNs;
            for (long left = ReopenNs; left > 0 && !_stopping; left = until - _clock())
            {
                Poll.Wait([new PollDescriptor(_wake.Descriptor, PollEvents.Readable)], left);
                _wake.Drain();
                while (_commands.TryDequeue(out Action? command)) command();
            }

            if (_stopping || TryOpen() is null) return;
        }
    }

    private void Close(bool leave)
    {
        Counters.Keep(_outputs);
        foreach (INodeOutput output in _outputs)
        {
            if (leave) output.Leave();
            else output.Dispose();
        }

        _outputs = [];
        _nodes = [];
        if (!_stopping) return;
        _card?.Dispose();
        _card = null;
    }
}
