using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>Makes a mask of a network's output.</summary>
/// <remarks>Thread-bound; allocates only when it is made.</remarks>
internal sealed unsafe class MaskTensor : IDisposable
{
    private readonly OnnxTensor _tensor;
    private readonly MaskGrid _grid;
    private readonly ModelOutput _output;
    private readonly FrameBuffer _mask;
    private readonly FrameBuffer _row;
    private readonly PixelRectangle _area;
    private readonly Scaler? _scaler;

    /// <param name="tensor">The output.</param>
    /// <param name="grid">Where its numbers lie.</param>
    /// <param name="output">What they say.</param>
    /// <param name="shape">The network's.</param>
    /// <param name="area">Where the picture was within its input.</param>
    /// <param name="width">Width of the masks to make.</param>
    /// <param name="height">Height of the masks to make.</param>
    public MaskTensor(OnnxTensor tensor, MaskGrid grid, ModelOutput output, NetworkShape shape, in PixelRectangle area, int width, int height)
    {
        _tensor = tensor;
        _grid = grid;
        _output = output;
        Width = width;
        Height = height;
        _mask = new FrameBuffer(FrameLayout.Packed(PixelFormat.Gray8, grid.Width, grid.Height), ColorMatrix.Bt601, ColorRange.Full);
        _row = new FrameBuffer(FrameLayout.Packed(PixelFormat.Bgra, grid.Width, 1), ColorMatrix.Bt601, ColorRange.Full);
        // The output may be coarser than the input.
        int left = Scaled(area.X, grid.Width, shape.Width), right = Scaled(area.Right, grid.Width, shape.Width);
        int top = Scaled(area.Y, grid.Height, shape.Height), bottom = Scaled(area.Bottom, grid.Height, shape.Height);
        _area = new PixelRectangle(left, top, Math.Max(1, right - left), Math.Max(1, bottom - top));
        if ((_area.Width, _area.Height) != (width, height)) _scaler = new Scaler(_area.Width, _area.Height, width, height);
    }

    /// <summary>Width of the masks.</summary>
    public int Width { get; }

    /// <summary>Height of the masks.</summary>
    public int Height { get; }

    /// <summary>Makes the mask.</summary>
    /// <param name="mask">Gray8; every pixel is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(in FrameView mask)
    {
        for (int y = 0; y < _grid.Height; y++)
        {
            float* values = _tensor.Data + (long)y * _grid.Width * _grid.PixelStep;
            byte* target = _mask.View.Row(0, y);
            if (_output.Meaning == MaskMeaning.Softmax && _grid.Channels > 1) TensorReader.Logits(Odds(values), target, _grid.Width);
            else if (_output.Meaning is MaskMeaning.Softmax or MaskMeaning.Logit) TensorReader.Logits(Channel(values), target, _grid.Width);
            else TensorReader.Probabilities(Channel(values), target, _grid.Width);
            if (_output.IsBackground) Invert(target, _grid.Width);
        }

        FrameView area = Region.Of(_mask.View, _area);
        if (_scaler is null) FrameCopy.Copy(area, mask);
        else _scaler.Scale(area, mask);
    }

    public void Dispose()
    {
        _mask.Dispose();
        _row.Dispose();
    }

    private static int Scaled(int position, int size, int of) => (int)(((long)position * size + of / 2) / of);

    private static void Invert(byte* mask, int count)
    {
        for (int x = 0; x < count; x++) mask[x] = (byte)~mask[x];
    }

    /// <summary>One channel of a row, without gaps.</summary>
    private float* Channel(float* values)
    {
        values += (long)_output.Channel * _grid.ChannelStep;
        if (_grid.PixelStep == 1) return values;
        float* row = (float*)_row.View.Plane(0);
        for (int x = 0; x < _grid.Width; x++) row[x] = values[(long)x * _grid.PixelStep];
        return row;
    }

    /// <summary>The logit of a channel's softmax: its number less the logarithm of the sum of the others' exponentials.</summary>
    private float* Odds(float* values)
    {
        float* row = (float*)_row.View.Plane(0);
        if (_grid.Channels == 2)
        {
            float* one = values + (long)_output.Channel * _grid.ChannelStep, other = values + (long)(1 - _output.Channel) * _grid.ChannelStep;
            for (int x = 0; x < _grid.Width; x++) row[x] = one[(long)x * _grid.PixelStep] - other[(long)x * _grid.PixelStep];
            return row;
        }

        for (int x = 0; x < _grid.Width; x++)
        {
            float* pixel = values + (long)x * _grid.PixelStep;
            float sum = 0, own = pixel[(long)_output.Channel * _grid.ChannelStep];
            for (int channel = 0; channel < _grid.Channels; channel++)
                if (channel != _output.Channel) sum += MathF.Exp(Math.Min(60, pixel[(long)channel * _grid.ChannelStep] - own));
            row[x] = -MathF.Log(Math.Max(sum, 1e-30f));
        }

        return row;
    }
}
