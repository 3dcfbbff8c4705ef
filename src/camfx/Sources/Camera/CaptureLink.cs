using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>
/// A camera source's way to its camera: a thread that finds it, runs it, notices when it is unplugged, busy or silent, and takes it up again when it is
/// back. It sleeps in between: on the camera, or on the folder in which its node will appear.
/// </summary>
internal sealed class CaptureLink : SourceLink
{
    /// <summary>A camera whose frames are long is silent after so many of them.</summary>
    private const int SilentFrames = 8;

    /// <summary>Wake-ups in a row without a picture; damaged ones are among them.</summary>
    private const int FaultsBeforeReopening = 100;

    /// <summary>
    /// After something has happened in the folder, udev is still at work on the node: it gets its permissions and its links a moment later, not all of which
    /// can be heard. So it is looked at again after these pauses, and then no more.
    /// </summary>
    private static readonly long[] s_settling = [50_000_000, 100_000_000, 200_000_000, 400_000_000, 800_000_000];

    /// <summary>How long a wait is cut into where there is no descriptor to sleep on beside others.</summary>
    private const long SliceNs = 20_000_000;

    private readonly CaptureAddress _address;
    private readonly CameraMode _mode;
    private readonly IVideoDevices _devices;
    private readonly ControlStore _controls;
    private readonly CapturePatience _patience;
    private VideoNode? _known;
    private FileWatch? _letGo;
    private int _settled = s_settling.Length;
    private long _droppedBefore;
    private long _corruptedBefore;
    private long _copiedBefore;

    public CaptureLink(CaptureAddress address, CameraMode mode, IVideoDevices devices, ControlStore controls, CapturePatience patience)
        : base("camfx camera")
    {
        _address = address;
        _mode = mode;
        _devices = devices;
        _controls = controls;
        _patience = patience;
    }

    /// <summary>The running camera, or null. To be used with <see cref="SourceLink.Gate"/> held.</summary>
    public CaptureStream? Stream { get; private set; }

    /// <summary>The node of the running camera; null while none runs. Thread-safe.</summary>
    public string? NodePath
    {
        get
        {
            lock (Gate) return Stream?.Capture.Node.Path;
        }
    }

    public long Dropped => Count(ref _droppedBefore, static stream => stream.Dropped);

    public long Corrupted => Count(ref _corruptedBefore, static stream => stream.Corrupted);

    public long CopiedBytes => Count(ref _copiedBefore, static stream => stream.CopiedBytes);

    protected override void Follow()
    {
        try
        {
            // Made before the first look: a camera that is plugged in right after it is not missed.
            using FolderWatch? folder = _devices.Folder is { } watched
                ? FolderWatch.Create(watched, FolderChanges.Appeared | FolderChanges.Permissions)
                : null;
            while (!HasEnded)
            {
                long pause = Try();
                if (!HasEnded) Sleep(folder, pause);
            }
        }
        finally
        {
            _letGo?.Dispose();
        }
    }

    protected override CamfxException Describe(Exception failure) => failure is AvException refused
        ? CamfxException.Of(refused)
        : new CamfxException(ExitCode.Failed, $"The source '{_address.Text}' failed: {failure.Message}", failure);

    /// <summary>Runs the camera if it can be had, until it cannot; says why, and gives the time until the next try.</summary>
    private long Try()
    {
        string path = _known?.Path ?? _address.Text;
        try
        {
            if (CaptureOpening.Find(_devices, _address, _mode, _known) is not { } found)
            {
                Say(_known is null ? CaptureSentences.NotThereYet(_address.Name) : CaptureSentences.Unplugged(_known));
                return Poll.NoTimeout;
            }

            // A camera that was just plugged in may not have its links yet; it keeps the id it was known by.
            if (_known is not null) found = found with { Node = found.Node with { StableId = _known.StableId } };
            _known = found.Node;
            path = found.Node.Path;
            CaptureStream stream = CaptureOpening.Start(_devices, found, _address.Memory, _controls);
            Take(stream);
            try
            {
                return Run(stream);
            }
            catch (VideoException failure)
            {
                // Said before the stream is let go of: the next frame is the card that says it.
                return Explain(failure, path);
            }
            finally
            {
                LetGo(stream);
            }
        }
        catch (VideoException failure)
        {
            return Explain(failure, path);
        }
    }

    private long Explain(VideoException failure, string path)
    {
        switch (failure.Failure)
        {
            case VideoFailure.Gone or VideoFailure.NotFound when _known is not null:
                Say(CaptureSentences.Unplugged(_known));
                _settled = 0; // Some drivers are back before this is noticed.
                return Poll.NoTimeout;
            case VideoFailure.Busy:
                Say(CaptureSentences.Busy(_known?.Card ?? path, _devices.Holder(path)));
                AwaitLettingGo(path);
                return _patience.Retry;
            case VideoFailure.NotPermitted:
                Say(CaptureSentences.NotPermitted([path]));
                AwaitLettingGo(path);
                return Poll.NoTimeout;
            default:
                Say(failure.Message);
                return _patience.Retry;
        }
    }

    /// <summary>Stays with the camera until it is gone, silent for too long, or not wanted any more; gives the time until it is to be opened anew.</summary>
    private long Run(CaptureStream stream)
    {
        long frame = stream.Capture.Mode.Rate.FrameTimeNs, patience = Math.Max(_patience.Silence, SilentFrames * frame);
        long deadline = MonotonicClock.Now + Math.Max(_patience.FirstPicture, patience);
        bool first = true, restarted = false;
        int faults = 0;

        // A camera that is read with read() begins with the first one.
        _ = stream.TakeIn();
        while (!HasEnded)
        {
            if (!Wait(stream.Capture, deadline))
            {
                if (HasEnded || MonotonicClock.Now < deadline) continue;
                Say(CaptureSentences.Silent(stream.Capture.Node));

                // First the stream is started anew, then the device is opened anew.
                if (restarted) return 0;
                restarted = true;
                stream.Capture.Restart();
                deadline = MonotonicClock.Now + Math.Max(_patience.FirstPicture, patience);
                continue;
            }

            if (!stream.TakeIn())
            {
                // An error that poll(2) tells without end and reading does not: without this, the thread would spin.
                if (++faults == FaultsBeforeReopening) return _patience.Retry;
                continue;
            }

            faults = 0;
            deadline = MonotonicClock.Now + patience;
            restarted = false;
            if (Trouble is not null) Say(null);
            else Arrive();
            if (first) CardFonts.WarmUpAside();
            first = false;
        }

        return 0;
    }

    private bool Wait(VideoCapture capture, long deadline)
    {
        if (capture.Descriptor is not { } node) return capture.Wait(Math.Min(deadline, MonotonicClock.Now + SliceNs));
        Span<PollDescriptor> descriptors = [new PollDescriptor(node, PollEvents.Readable), new PollDescriptor(End.Descriptor, PollEvents.Readable)];
        _ = Poll.Wait(descriptors, Math.Max(0, deadline - MonotonicClock.Now));
        return descriptors[0].Returned != PollEvents.None;
    }

    private void Sleep(FolderWatch? folder, long pause)
    {
        if (_settled < s_settling.Length)
        {
            long settling = s_settling[_settled++];
            pause = pause < 0 ? settling : Math.Min(pause, settling);
        }

        Span<PollDescriptor> descriptors =
        [
            new PollDescriptor(End.Descriptor, PollEvents.Readable),
            folder is null ? default : new PollDescriptor(folder.Descriptor, PollEvents.Readable),
            _letGo is null ? default : new PollDescriptor(_letGo.Descriptor, PollEvents.Readable),
        ];
        if (folder is null) descriptors[1] = descriptors[0];
        if (_letGo is null) descriptors[2] = descriptors[0];
        _ = Poll.Wait(descriptors, pause);
        if (folder is not null && folder.Drain()) _settled = 0;
        _letGo?.Dispose();
        _letGo = null;
    }

    /// <summary>Somebody else has the node, or it is not ours to open yet: whatever happens to it is a reason to look again.</summary>
    private void AwaitLettingGo(string path)
    {
        try
        {
            _letGo = FileWatch.Create(path);
        }
        catch (PosixException)
        {
            // It is gone meanwhile, or cannot be watched: the folder and the clock remain.
        }
    }

    private void Take(CaptureStream stream)
    {
        lock (Gate) Stream = stream;
    }

    private void LetGo(CaptureStream stream)
    {
        // Whoever draws from it has finished when the gate is ours; the buffers are unmapped only then.
        lock (Gate) Stream = null;
        _droppedBefore += stream.Dropped;
        _corruptedBefore += stream.Corrupted;
        _copiedBefore += stream.CopiedBytes;
        stream.Dispose();
    }

    private long Count(ref long before, Func<CaptureStream, long> counter)
    {
        lock (Gate) return Volatile.Read(ref before) + (Stream is { } stream ? counter(stream) : 0);
    }
}
