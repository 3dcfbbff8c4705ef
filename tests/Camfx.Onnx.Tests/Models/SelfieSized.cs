namespace Camfx.Onnx.Tests.Models;

/// <summary>
/// A network of the size and manner of MediaPipe's general selfie segmentation (256x256 pixels in NHWC, 66 million multiplications, separable convolutions), with
/// random weights: it knows nothing, but takes as long.
/// </summary>
internal static class SelfieSized
{
    public static ModelWriter Write()
    {
        Random random = new(1);
        ModelWriter model = new ModelWriter()
            .Input("picture", 1, 256, 256, 3).Output("mask", 1, 256, 256, 1)
            .Constant("roi", [], 0).Constant("twice", [1, 1, 2, 2], 4)
            .Node("Transpose", "picture", "p0", ("perm", new long[] { 0, 3, 1, 2 }));
        int number = 0;

        string Convolve(string from, int inputs, int outputs, int kernel, int stride, int groups, string then = "Relu")
        {
            string name = $"c{number++}";
            float[] weights = [.. Enumerable.Range(0, outputs * inputs / groups * kernel * kernel).Select(_ => (random.NextSingle() - 0.5f) * 2 / MathF.Sqrt(inputs / groups * kernel * kernel))];
            model.Constant($"{name}w", weights, outputs, inputs / groups, kernel, kernel)
                .Node("Conv", $"{from} {name}w", $"{name}x", ("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { stride, stride }),
                    ("group", (long)groups), ("pads", new long[] { kernel / 2, kernel / 2, kernel / 2, kernel / 2 }))
                .Node(then, $"{name}x", name);
            return name;
        }

        string Separable(string from, int inputs, int outputs, int stride) => Convolve(Convolve(from, inputs, inputs, 3, stride, inputs), inputs, outputs, 1, 1, 1);

        string Double(string from, int inputs, int outputs)
        {
            string small = Convolve(from, inputs, outputs, 1, 1, 1), name = $"u{number++}";
            model.Node("Resize", $"{small} roi twice", name, ("mode", "nearest"));
            return name;
        }

        string at = Separable(Convolve("p0", 3, 16, 3, 2, 1), 16, 32, 2);
        for (int i = 0; i < 3; i++) at = Separable(at, 32, 32, 1);
        at = Separable(at, 32, 64, 2);
        for (int i = 0; i < 3; i++) at = Separable(at, 64, 64, 1);
        at = Double(Double(Double(at, 64, 64), 64, 32), 32, 16);
        return model.Node("Transpose", Convolve(at, 16, 1, 3, 1, 1, then: "Sigmoid"), "mask", ("perm", new long[] { 0, 2, 3, 1 }));
    }
}
