using Camfx.Configuration;
using Camfx.Frames;
using Camfx.PipeWire;

namespace Camfx.Sources.PipeWire;

/// <summary>
/// Pictures of a node at PipeWire, drawn straight from PipeWire's buffer into the camera's frame: one pass over the pixels, scaling and conversion
/// included. PipeWire's thread does not wait for it.
/// </summary>
internal sealed class NodeSource : ISharedSource
{
    private readonly NodeLink _link;
    private readonly PictureFitter _fitter;
    private readonly long _frameBytes;
    private readonly Action _probe;
    private long _drawnBytes;

    /// <param name="link">The way to the node; it becomes the source's.</param>
    /// <param name="mode">The camera's mode.</param>
    /// <param name="probe">What is tried before a camera is made of it.</param>
    public NodeSource(NodeLink link, CameraMode mode, Action probe)
    {
        _link = link;
        _probe = probe;
        _fitter = new PictureFitter(mode.Width, mode.Height);
        _frameBytes = FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height).Size;
    }

    public long Dropped => _link.Dropped;

    public long Corrupted => _link.Corrupted;

    public long CopiedBytes => Volatile.Read(ref _drawnBytes);

    public string? Trouble => _link.Trouble;

    public void Probe() => _probe();

    public void Start(Action arrived) => _link.Start(arrived);

    public bool Draw(in FrameView target, long time, out PictureInfo picture) => Draw(_fitter, target, time, out picture);

    public bool Draw(PictureFitter fitter, in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        if (_link.Failure is { } failure) throw failure;
        if (Trouble is not null) return false;

        // Held while the pixels are read, so that the capture is not disposed of meanwhile. The link takes it for a moment only.
        lock (_link.Gate) return _link.Capture is { } capture && TryDraw(capture, fitter, target, time, out picture);
    }

    public void Dispose()
    {
        _link.Dispose();
        _fitter.Dispose();
    }

    private bool TryDraw(NodeCapture capture, PictureFitter fitter, in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        lock (capture.Gate)
        {
            CapturedBuffer newest = capture.Look();
            if (newest.View.IsEmpty) return false;
            fitter.Fit(newest.View, rotation: 0, pixelAspect: 1, target);
            picture = new PictureInfo(Math.Min(newest.CaptureTime, time), PictureFitter.MatrixOf(newest.View));
        }

        capture.Looked();
        Volatile.Write(ref _drawnBytes, _drawnBytes + _frameBytes);
        return true;
    }
}
