using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>Brings pictures of one size into a network's input.</summary>
/// <remarks>Thread-bound; allocates only when it is made.</remarks>
internal sealed unsafe class PictureTensor : IDisposable
{
    private readonly OnnxTensor _tensor;
    private readonly TensorChannels _channels;
    private readonly TensorLayout _layout;
    private readonly Scaler? _scaler;
    private readonly FrameBuffer _scaled;
    private readonly FrameBuffer _colored;

    /// <param name="tensor">Where it goes.</param>
    /// <param name="shape">The network's.</param>
    /// <param name="input">What the numbers are.</param>
    /// <param name="picture">A picture of the size that all will have.</param>
    public PictureTensor(OnnxTensor tensor, NetworkShape shape, ModelInput input, in FrameView picture)
    {
        _tensor = tensor;
        _channels = input.Channels;
        _layout = shape.Layout;
        Width = picture.Width;
        Height = picture.Height;
        Area = input.Fit == PictureFit.Letterbox
            ? Letterbox.Fit(Width, Height, shape.Width, shape.Height)
            : new PixelRectangle(0, 0, shape.Width, shape.Height);
        if ((Area.Width, Area.Height) != (Width, Height)) _scaler = new Scaler(Width, Height, Area.Width, Area.Height);
        _scaled = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, shape.Width, shape.Height), picture.Matrix, picture.Range);
        Letterbox.FillBars(_scaled.View, Area);
        PixelFormat format = (_layout, input.IsBgr) switch
        {
            (TensorLayout.Nchw, false) => PixelFormat.Rgba,
            (TensorLayout.Nchw, true) => PixelFormat.Bgra,
            (_, false) => PixelFormat.Rgb24,
            (_, true) => PixelFormat.Bgr24,
        };
        _colored = new FrameBuffer(FrameLayout.Packed(format, shape.Width, shape.Height), picture.Matrix, picture.Range);
    }

    /// <summary>Width of the pictures.</summary>
    public int Width { get; }

    /// <summary>Height of the pictures.</summary>
    public int Height { get; }

    /// <summary>Where the picture is within what the network sees.</summary>
    public PixelRectangle Area { get; }

    /// <summary>Whether a picture like this one fits.</summary>
    public bool Takes(in FrameView picture) => picture.Width == Width && picture.Height == Height
        && picture.Matrix == _scaled.View.Matrix && picture.Range == _scaled.View.Range;

    /// <summary>Fills the network's input.</summary>
    public void Write(in FrameView picture)
    {
        FrameView area = Region.Of(_scaled.View, Area);
        if (_scaler is null) FrameCopy.Copy(picture, area);
        else _scaler.Scale(picture, area);
        Converter.Convert(_scaled.View, _colored.View);
        if (_layout == TensorLayout.Nchw) TensorWriter.WritePlanes(_colored.View, _tensor.Data, _channels);
        else TensorWriter.WritePixels(_colored.View, _tensor.Data, _channels);
    }

    public void Dispose()
    {
        _scaled.Dispose();
        _colored.Dispose();
    }
}
