using Camfx.Analysis.Onnx;
using Camfx.Models;
using Camfx.Onnx;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>Each manifest that camfx brings, with a model that takes and gives what its publisher says that the real one does.</summary>
public sealed class KnownModelTests
{
    [SkippableFact]
    public void Robust_Video_Matting()
    {
        ModelWriter model = new ModelWriter().Input("src", -1, 3, -1, -1).Input("downsample_ratio", 1).Constant("one", 1).Constant("two", 2)
            .Output("fgr", -1, 3, -1, -1).Output("pha", -1, 1, -1, -1).Node("Identity", "src", "fgr").Node("Slice", "src one two one", "green")
            .Node("Mul", "green downsample_ratio", "pha");
        for (int i = 1; i <= 4; i++)
        {
            model.Input($"r{i}i", -1, -1, -1, -1).Output($"r{i}o", -1, -1, -1, -1)
                .Node("AveragePool", i == 1 ? "green" : $"r{i - 1}n", $"r{i}n", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))
                .Node("Add", $"r{i}n r{i}i", $"r{i}o");
        }

        Runs("rvm_mobilenetv3_fp32.onnx", model, pictures: 50);
    }

    [SkippableFact]
    public void Modnet() => Runs(
        "modnet_photographic_portrait_matting.onnx",
        new ModelWriter().Input("input", -1, 3, -1, -1).Output("output", -1, 1, -1, -1).Constant("one", 1).Constant("two", 2).Constant("half", [0.5f], 1)
            .Node("Slice", "input one two one", "green").Node("Mul", "green half", "less").Node("Add", "less half", "output"));

    [SkippableFact]
    public void SINet() => Runs(
        "SINet.onnx",
        new ModelWriter().Input("input", 1, 3, 320, 320).Output("output", 1, 2, 320, 320)
            // Back to bytes, and two classes whose difference is the logit of the green one.
            .Constant("weights", [0, -0.5f, 0, 0, 0.5f, 0], 2, 3, 1, 1).Constant("scale", [62.82138f * 255 / 255 * 8], 1).Constant("bias", [-(127.5f - 111.25247f) * 4 / 255, (127.5f - 111.25247f) * 4 / 255], 1, 2, 1, 1)
            .Node("Conv", "input weights", "both").Node("Mul", "both scale", "scaled").Node("Sub", "scaled bias", "output"),
        static green => 1 / (1 + Math.Exp(-8 * (green - 0.5))));

    [SkippableFact]
    public void PP_HumanSeg() => Runs(
        "human_segmentation_pphumanseg_2023mar.onnx",
        new ModelWriter().Input("x", 1, 3, 192, 192).Output("save_infer_model/scale_0.tmp_1", 1, 2, 192, 192)
            .Constant("weights", [0, -0.5f, 0, 0, 0.5f, 0], 2, 3, 1, 1).Constant("bias", [0.5f, 0.5f], 2)
            .Node("Conv", "x weights bias", "save_infer_model/scale_0.tmp_1"));

    [SkippableTheory]
    [InlineData("selfie_segmenter.onnx", 256)]
    [InlineData("selfie_segmenter_landscape.onnx", 144)]
    public void MediaPipe_selfie(string file, int height) => Runs(
        file,
        new ModelWriter().Input("input_1", 1, height, 256, 3).Output("activation_10", 1, height, 256, 1).Constant("one", 1).Constant("two", 2).Constant("axis", 3)
            .Node("Slice", "input_1 one two axis", "activation_10"));

    /// <summary>A grey picture; the mask is to be that grey.</summary>
    private static void Runs(string file, ModelWriter model, Func<double, double>? expected = null, int pictures = 2)
    {
        using ModelFolder models = new();
        using Scene scene = new(256, 144);
        scene.Pixels[..(256 * 144)].Fill(150);
        scene.Pixels[(256 * 144)..].Fill(128);
        using OnnxSegmenter segmenter = OnnxSegmenter.Open(Model.OfFile(models.Write(model, name: Path.GetFileNameWithoutExtension(file))), new OnnxSessionOptions());
        for (int i = 0; i < pictures; i++)
        {
            segmenter.Segment(scene.Picture, scene.MaskView);
            Assert.Null(segmenter.Problem);
        }

        double green = Math.Round((150 - 16) * 255 / 219.0) / 255;
        double level = (expected?.Invoke(green) ?? green) * 255;
        Assert.All(scene.Mask, value => Assert.Equal(level, value, tolerance: 1.1));
    }
}
