using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>Where the numbers of a mask lie in an output.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Numbers for each pixel.</param>
/// <param name="PixelStep">From one pixel to the next, in numbers.</param>
/// <param name="ChannelStep">From one channel of a pixel to the next, in numbers.</param>
internal sealed record MaskGrid(int Width, int Height, int Channels, int PixelStep, int ChannelStep)
{
    // Classes are few, rows and columns many.
    private const long MostChannels = 64;

    /// <summary>Understands an output of two to four dimensions; without a layout, few numbers are channels.</summary>
    /// <exception cref="CamfxException">It is no picture.</exception>
    public static MaskGrid Of(OnnxValueInfo output, TensorLayout? layout, string model)
    {
        long[] shape = [.. output.Shape];
        while (shape.Length > 2 && shape[0] == 1) shape = shape[1..];
        if (output.Element != OnnxElement.Float || shape.Length is < 2 or > 3 || shape.Any(static dimension => dimension is < 1 or > 16384)) throw Refused(output, model);
        if (shape.Length == 2) return new MaskGrid((int)shape[1], (int)shape[0], 1, 1, 1);
        layout ??= shape[2] <= MostChannels && shape[2] < shape[0] ? TensorLayout.Nhwc : TensorLayout.Nchw;
        (long channels, long height, long width) = layout == TensorLayout.Nhwc ? (shape[2], shape[0], shape[1]) : (shape[0], shape[1], shape[2]);
        if (channels > MostChannels) throw Refused(output, model);
        return layout == TensorLayout.Nhwc
            ? new MaskGrid((int)width, (int)height, (int)channels, (int)channels, 1)
            : new MaskGrid((int)width, (int)height, (int)channels, 1, (int)(width * height));
    }

    private static CamfxException Refused(OnnxValueInfo output, string model) => new(
        ExitCode.Failed, $"The output '{output}' of '{model}' is no mask of floats; name another in its manifest (output.name).");
}
