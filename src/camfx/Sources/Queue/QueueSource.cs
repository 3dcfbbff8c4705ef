using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Sinks;

namespace Camfx.Sources.Queue;

/// <summary>
/// The source <c>queue:NAME</c>: the frames of another program, from its frame queue (docs/frame-queue.md, docs/sdk.md). Its newest frame is drawn
/// straight from the lease into the camera's frame. That is one pass over the pixels, scaling and conversion included; a queue of the camera's own
/// size and format still costs this one copy, because effects, outputs and their leases need a frame that only the camera writes.
/// </summary>
internal sealed class QueueSource : ISource
{
    /// <summary>How often a frame is drawn anew when its producer drew over it meanwhile.</summary>
    private const int Attempts = 3;

    private readonly string _name;
    private readonly ProducerLink _link;
    private readonly PictureFitter _fitter;
    private readonly long _frameBytes;
    private readonly HeldFrame _held = new();

    private QueueSource(string name, CameraMode mode)
    {
        _name = name;
        _link = new ProducerLink(name, mode.FrameRate.Interval);
        _fitter = new PictureFitter(mode.Width, mode.Height);
        _frameBytes = FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height).Size;
    }

    public long Dropped => _held.Missed;

    public long CopiedBytes { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    public string? Trouble => _link.Trouble;

    /// <exception cref="CamfxException">The name cannot be a queue's, or there are keys.</exception>
    public static QueueSource Create(SourceUri uri, CameraMode mode)
    {
        uri.AllowKeys();
        if (uri.Path.Length == 0) throw CamfxException.Usage("The source 'queue:' names no queue; write for example queue:hello.");
        if (!FrameQueueAddress.IsName(uri.Path) || uri.Path.Any(char.IsControl))
        {
            throw CamfxException.Usage(
                $"The source '{uri.Text}' cannot name a queue; a name has 1 to {FrameQueueAddress.MaxNameLength} bytes, no '/', no control "
                + "character and no '.' at its start.");
        }

        return new QueueSource(uri.Path, mode);
    }

    /// <summary>A camera that shows its own queue would wait for its own first frame for ever.</summary>
    /// <exception cref="CamfxException">The options make such a camera.</exception>
    public static void RefuseOwnQueue(CameraOptions options)
    {
        if (options.Source == $"queue:{options.Name}" && OutputKinds.Has(options, "queue"))
        {
            throw CamfxException.Usage(
                $"The camera '{options.Name}' cannot be its own source; name another queue, or give the camera another --name.");
        }
    }

    /// <summary>A queue that nobody offers yet is no fault: the camera shows a card and waits, whichever of the two programs starts first.</summary>
    public void Probe() => _ = ProducerLink.PathOf(_name);

    public void Start(Action arrived) => _link.Start(arrived);

    public bool Draw(in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        if (_link.Failure is { } failure) throw failure;
        if (Trouble is not null) return false;
        try
        {
            // Held while the pixels are read, so that the queue is not unmapped meanwhile. The link takes it for a moment only, when its
            // producer has another queue or is gone.
            lock (_link.Gate) return _link.Reader is { } reader && TryDraw(reader, target, time, out picture);
        }
        catch (QueueException failed)
        {
            throw new CamfxException(ExitCode.Failed, $"The queue '{_name}' cannot be shown: {failed.Message}", failed);
        }
    }

    public void Dispose()
    {
        _link.Dispose();
        _held.Dispose();
        _fitter.Dispose();
    }

    private bool TryDraw(FrameQueueReader reader, in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        bool whole = false;
        for (int attempt = 0; attempt < Attempts && !whole; attempt++)
        {
            if (!_held.TryTakeNewest(reader)) return false;
            _fitter.Fit(_held.View, rotation: 0, pixelAspect: 1, target);
            CopiedBytes += _frameBytes;
            whole = _held.IsWhole(reader);
        }

        long captured = _held.Timing.CaptureTime;
        picture = new PictureInfo(
            captured > 0 && captured <= time ? captured : time,
            PictureFitter.MatrixOf(_held.View),
            !whole || (_held.Flags & FrameFlags.Corrupted) != FrameFlags.None);
        return true;
    }
}
