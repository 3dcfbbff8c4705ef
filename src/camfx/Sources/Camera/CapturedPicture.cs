using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>
/// One picture of a camera, where it is: in the driver's buffer, which is kept from the driver until the picture has been replaced, or in a
/// decoder's memory.
/// </summary>
/// <remarks>Thread-bound to whoever has it from <see cref="NewestOf{T}"/>.</remarks>
internal sealed class CapturedPicture : IDisposable
{
    private DecodedFrame? _decoded;
    private FrameBuffer? _copy;
    private CapturedFrame _buffer;
    private bool _holdsBuffer;

    /// <summary>The pixels; empty: there is no picture.</summary>
    public FrameView View { get; private set; }

    /// <summary>When it was taken, CLOCK_MONOTONIC in ns.</summary>
    public long Time { get; private set; }

    /// <summary>Where a decoder puts its picture; <see cref="ShowDecoded"/> then makes it this one's.</summary>
    public DecodedFrame Decoded => _decoded ??= new DecodedFrame();

    /// <summary>Shows a buffer of the driver's, which it now holds.</summary>
    public void Show(in CapturedFrame frame)
    {
        (_buffer, _holdsBuffer) = (frame, true);
        (View, Time) = (frame.View, frame.CaptureTimeNs);
    }

    /// <summary>Shows a copy, for memory that is written again by the next read().</summary>
    public void ShowCopy(in CapturedFrame frame)
    {
        FrameView from = frame.View;
        if (_copy is null || _copy.Layout.Format != from.Format || _copy.Layout.Width != from.Width || _copy.Layout.Height != from.Height
            || _copy.View.Matrix != from.Matrix || _copy.View.Range != from.Range)
        {
            _copy?.Dispose();
            _copy = new FrameBuffer(FrameLayout.Packed(from.Format, from.Width, from.Height), from.Matrix, from.Range);
        }

        FrameCopy.Copy(from, _copy.View);
        (View, Time) = (_copy.View, frame.CaptureTimeNs);
    }

    /// <summary>Shows what was decoded into <see cref="Decoded"/>.</summary>
    public void ShowDecoded()
    {
        View = Decoded.View;
        Time = Decoded.PresentationTime;
    }

    /// <summary>Gives the buffer back to the driver.</summary>
    /// <exception cref="VideoException">The camera is gone or does not take it.</exception>
    public void Release(VideoCapture capture)
    {
        bool held = _holdsBuffer;
        Forget();
        if (held) capture.Release(_buffer);
    }

    /// <summary>Shows nothing any more; the capture the buffer belongs to is at its end.</summary>
    public void Forget()
    {
        _holdsBuffer = false;
        View = default;
    }

    public void Dispose()
    {
        Forget();
        _decoded?.Dispose();
        _copy?.Dispose();
    }
}
