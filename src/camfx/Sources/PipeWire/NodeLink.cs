using Camfx.Pipeline;
using Camfx.PipeWire;
using Camfx.Posix;

namespace Camfx.Sources.PipeWire;

/// <summary>
/// A source's way to a node at PipeWire: a thread that follows a capture of it, says what is the matter while no pictures come, and makes another
/// capture when the one it had is at its end.
/// </summary>
internal abstract class NodeLink : SourceLink
{
    /// <summary>Until the first picture, ns: cameras that set up their exposure take seconds.</summary>
    private const long FirstPictureNs = 5_000_000_000;

    /// <summary>A camera that sends nothing for so long hangs, ns.</summary>
    private const long SilenceNs = 2_000_000_000;

    private readonly EventFd _woken = EventFd.Create();
    private volatile bool _awaits;
    private long _droppedBefore;
    private long _corruptedBefore;

    /// <param name="thread">The thread's name.</param>
    protected NodeLink(string thread)
        : base(thread)
    {
    }

    /// <summary>The capture to draw from, or null. To be used with <see cref="SourceLink.Gate"/> held.</summary>
    public NodeCapture? Capture { get; private set; }

    public long Dropped => Count(ref _droppedBefore, static capture => capture.Dropped);

    public long Corrupted => Count(ref _corruptedBefore, static capture => capture.Corrupted);

    /// <summary>The node as it stands in a sentence: <c>the node 'x'</c>.</summary>
    protected abstract string Noun { get; }

    public override void Dispose()
    {
        base.Dispose();
        _woken.Dispose();
    }

    /// <summary>Captures until the capture is at its end or this link is.</summary>
    /// <returns>Why it ended; null: nobody wants it any more.</returns>
    /// <exception cref="CamfxException">The node can never be shown.</exception>
    protected string? Stay(NodeCaptureOptions options)
    {
        using NodeCapture capture = new(options, _woken.Signal, OnArrived);
        Take(capture);
        try
        {
            capture.Start();
            return Watch(capture);
        }
        finally
        {
            // However it ends: its buffers go next.
            LetGo();
        }
    }

    protected override CamfxException Describe(Exception failure) =>
        failure is DllNotFoundException
            ? new CamfxException(ExitCode.Failed, "Sources at PipeWire need libpipewire-0.3, which is not installed; install libpipewire-0.3-0.", failure)
            : new CamfxException(ExitCode.Failed, $"{Capital(Noun)} cannot be shown: {failure.Message}", failure);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private string? Watch(NodeCapture capture)
    {
        long seen = 0, deadline = long.MaxValue;
        bool linked = false;
        _awaits = true;
        while (!HasEnded)
        {
            Sleep(deadline);
            _woken.Drain();
            NodeCaptureStatus status = capture.Status;
            if (status.State == NodeCaptureState.Disconnected) return status.Reason;
            if (status.State != NodeCaptureState.Linked)
            {
                (linked, _awaits, deadline) = (false, true, long.MaxValue);
                if (!HasEnded) Explain(status);
                continue;
            }

            long now = MonotonicClock.Now, number = capture.Number;
            if (!linked) (linked, deadline) = (true, now + FirstPictureNs);
            if (number != seen)
            {
                (seen, deadline) = (number, status.IsCamera ? now + SilenceNs : long.MaxValue);
                if (_awaits) Resume();
            }
            else if (now >= deadline)
            {
                (_awaits, deadline) = (true, now + FirstPictureNs);
                if (capture.Number == seen)
                {
                    Say($"{Capital(Noun)} sends no pictures. The camera goes on when it does.");
                    capture.Renew();
                }
                else
                {
                    _woken.Signal(); // One came before anybody awaited it.
                }
            }
        }

        return null;
    }

    private void Resume()
    {
        _awaits = false;
        Say(null);
        CardFonts.WarmUp();
    }

    private void Explain(NodeCaptureStatus status)
    {
        switch (status.State)
        {
            case NodeCaptureState.Missing:
                Say($"There is no {Noun["the ".Length..]} at PipeWire. As soon as it is there, it is shown.");
                break;
            case NodeCaptureState.Gone:
                Say($"{Capital(Noun)} is gone from PipeWire. It is shown again as soon as it is back.");
                break;
            case NodeCaptureState.Own:
                throw CamfxException.Usage($"{Capital(Noun)} is camfx's own camera and cannot be its source; name another one.");
            case NodeCaptureState.Refused:
                Say($"PipeWire does not link {Noun}: {status.Reason}. It is tried again.");
                break;
            default:
                break; // Connecting: it is known in a moment.
        }
    }

    /// <summary>On the capture's thread, for each picture.</summary>
    private void OnArrived()
    {
        if (_awaits) _woken.Signal();
        else Arrive();
    }

    private void Sleep(long deadline)
    {
        Span<PollDescriptor> descriptors =
            [new PollDescriptor(_woken.Descriptor, PollEvents.Readable), new PollDescriptor(End.Descriptor, PollEvents.Readable)];
        _ = Poll.Wait(descriptors, deadline == long.MaxValue ? Poll.NoTimeout : Math.Max(0, deadline - MonotonicClock.Now));
    }

    private void Take(NodeCapture capture)
    {
        lock (Gate) Capture = capture;
    }

    private void LetGo()
    {
        lock (Gate)
        {
            _droppedBefore += Capture!.Dropped;
            _corruptedBefore += Capture.Corrupted;
            Capture = null;
        }
    }

    private long Count(ref long before, Func<NodeCapture, long> now)
    {
        lock (Gate) return before + (Capture is null ? 0 : now(Capture));
    }
}
