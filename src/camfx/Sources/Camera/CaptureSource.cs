using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>
/// The source <c>camera:[NAME]</c>: a camera of this machine (V4L2). Its newest picture is converted straight from the driver's buffer into the camera's
/// frame: that is one pass over the pixels, scaling included. The source goes on when the camera is unplugged and plugged in again, and when
/// somebody else has it for a while.
/// </summary>
internal sealed class CaptureSource : ISharedSource
{
    private readonly CaptureAddress _address;
    private readonly CameraMode _mode;
    private readonly IVideoDevices _devices;
    private readonly CaptureLink _link;
    private readonly PictureFitter _fitter;
    private readonly long _frameBytes;
    private long _drawnBytes;

    /// <summary>Prepares the source; nothing is opened yet.</summary>
    public CaptureSource(CaptureAddress address, CameraMode mode, IVideoDevices devices, ControlStore controls, CapturePatience patience)
    {
        _address = address;
        _mode = mode;
        _devices = devices;
        _link = new CaptureLink(address, mode, devices, controls, patience);
        _fitter = new PictureFitter(mode.Width, mode.Height);
        _frameBytes = FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height).Size;
    }

    public long Dropped => _link.Dropped;

    public long Corrupted => _link.Corrupted;

    public long CopiedBytes => Volatile.Read(ref _drawnBytes) + _link.CopiedBytes;

    public string? Trouble => _link.Trouble;

    public Func<string?>? FindKey => () => CaptureOpening.Find(_devices, _address, _mode, known: null) is { } found ? KeyOf(found.Node.Path) : null;

    public string? OpenKey => _link.NodePath is { } path ? KeyOf(path) : null;

    /// <exception cref="CamfxException">A key or value that cannot be.</exception>
    public static CaptureSource Create(SourceUri uri, CameraMode mode) =>
        new(CaptureAddress.Parse(uri), mode, new VideoDevices(), ControlStore.OfUser(), CapturePatience.Usual);

    public void Probe()
    {
        try
        {
            if (CaptureOpening.Find(_devices, _address, _mode, known: null) is null)
                throw new CamfxException(ExitCode.NoSuchThing, CaptureSentences.NotThere(_address.Name));
        }
        catch (VideoException failure) when (failure.Failure == VideoFailure.Busy)
        {
            // It will be waited for.
        }
        catch (VideoException failure)
        {
            throw CaptureSentences.Refusal(failure);
        }
    }

    public void Start(Action arrived) => _link.Start(arrived);

    public bool Draw(in FrameView target, long time, out PictureInfo picture) => Draw(_fitter, target, time, out picture);

    public bool Draw(PictureFitter fitter, in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        if (_link.Failure is { } failure) throw failure;
        if (Trouble is not null) return false;
        try
        {
            // Held while the pixels are read, so that the buffers are not unmapped meanwhile and no other camera looks for a newer picture. The link
            // takes it for a moment only, when the camera begins or is gone.
            lock (_link.Gate) return _link.Stream is { } stream && TryDraw(fitter, stream.Pictures.Look(), target, time, out picture);
        }
        catch (AvException failed)
        {
            throw CamfxException.Of(failed);
        }
    }

    public void Dispose()
    {
        _link.Dispose();
        _fitter.Dispose();
    }

    // One camera may be meant by many names: the best there is, its own, its node. Of several modes it can have only one.
    private string KeyOf(string path) => $"{_address with { Text = "camera:", Name = path }}";

    private bool TryDraw(PictureFitter fitter, CapturedPicture newest, in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        if (newest.View.IsEmpty) return false;
        fitter.Fit(newest.View, rotation: 0, pixelAspect: 1, target);
        Volatile.Write(ref _drawnBytes, _drawnBytes + _frameBytes);
        picture = new PictureInfo(Math.Min(newest.Time, time), PictureFitter.MatrixOf(newest.View));
        return true;
    }
}
