using Camfx.Analysis.Onnx;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>What is made of a network's output: models whose output is a known function of the green channel.</summary>
public sealed class MaskOutputTests
{
    private const int Width = 50, Height = 38;

    [SkippableFact]
    public void A_probability_is_taken_as_it_is_and_cut_at_its_ends() =>
        Expect("""{ "output": { "meaning": "probability" } }""", Linear(3, -1), static v => 3 * v - 1);

    [SkippableFact]
    public void A_logit_becomes_a_probability() =>
        Expect("""{ "output": { "meaning": "logit" } }""", Linear(16, -8), static v => Sigmoid(16 * v - 8));

    [SkippableFact]
    public void A_mask_of_the_background_is_turned_round() =>
        Expect("""{ "output": { "meaning": "probability", "background": true } }""", Linear(1, 0), static v => 1 - v);

    [SkippableTheory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Two_classes_become_the_probability_of_one(int channel, bool planes) =>
        Expect($$"""{ "output": { "meaning": "softmax", "channel": {{channel}} } }""", Classes(2, planes), v => Softmax(channel, Two(v)));

    [SkippableTheory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void So_do_more(int channel, bool planes) =>
        Expect($$"""{ "output": { "meaning": "softmax", "channel": {{channel}} } }""", Classes(3, planes), v => Softmax(channel, [.. Two(v), 0.5f]));

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_channel_of_several_probabilities_is_taken(bool planes) =>
        Expect("""{ "output": { "meaning": "alpha", "channel": 1 } }""", Classes(2, planes), static v => Two(v)[1]);

    [SkippableTheory]
    [InlineData(1, Height, Width)]
    [InlineData(Height, Width)]
    [InlineData(1, 1, 1, Height, Width)]
    public void A_mask_may_have_fewer_or_more_dimensions(params int[] shape)
    {
        long[] dimensions = [.. shape.Select(static dimension => (long)dimension)];
        ModelWriter model = Green().Output("mask", dimensions).Constant("shape", dimensions).Node("Reshape", "green shape", "mask");
        Expect("{}", model, static v => v);
    }

    [SkippableFact]
    public void A_coarse_mask_is_scaled()
    {
        using ModelFolder models = new();
        using Scene scene = new(64, 32);
        scene.Pixels[..(64 * 32)].Fill(200);
        scene.Pixels[(64 * 32)..].Fill(128);
        using OnnxSegmenter segmenter = models.Open(Green(64, 32).Output("mask", 1, 1, 8, 16)
            .Node("AveragePool", "green", "mask", ("kernel_shape", new long[] { 4, 4 }), ("strides", new long[] { 4, 4 })));
        segmenter.Segment(scene.Picture, scene.MaskView);
        Assert.All(scene.Mask, static level => Assert.InRange(level, 213, 215));
    }

    [SkippableFact]
    public void What_is_no_number_is_behind()
    {
        using ModelFolder models = new();
        using Scene scene = new(Width, Height);
        foreach (string meaning in (string[])["probability", "logit"])
        {
            using OnnxSegmenter segmenter = models.Open(
                Green().Output("mask", 1, 1, Height, Width).Constant("nan", [float.NaN], 1).Node("Mul", "green nan", "mask"),
                $$"""{ "output": { "meaning": "{{meaning}}" } }""");
            segmenter.Segment(scene.Picture, scene.MaskView);
            Assert.All(scene.Mask, static level => Assert.Equal(0, level));
        }
    }

    private static void Expect(string manifest, ModelWriter model, Func<float, float> expected)
    {
        using ModelFolder models = new();
        using Scene scene = new(Width, Height);
        using OnnxSegmenter segmenter = models.Open(model, manifest);
        segmenter.Segment(scene.Picture, scene.MaskView);
        byte[] green = scene.Color(1), mask = scene.Mask;
        for (int i = 0; i < mask.Length; i++)
            Assert.Equal(Math.Clamp(expected(green[i] / 255f), 0, 1) * 255, mask[i], tolerance: 0.52);
    }

    private static ModelWriter Green(int width = Width, int height = Height) => new ModelWriter()
        .Input("picture", 1, 3, height, width).Constant("one", 1).Constant("two", 2).Node("Slice", "picture one two one", "green");

    private static ModelWriter Linear(float factor, float addend) => Green().Output("mask", 1, 1, Height, Width)
        .Constant("factor", [factor], 1).Constant("addend", [addend], 1).Node("Mul", "green factor", "scaled").Node("Add", "scaled addend", "mask");

    /// <summary>4v - 2 and 1 - v, and 0.5 as a third.</summary>
    private static ModelWriter Classes(int count, bool planes)
    {
        ModelWriter model = Green().Constant("weights", count == 2 ? [4, -1] : [4, -1, 0], count, 1, 1, 1).Constant("bias", count == 2 ? [-2, 1] : [-2, 1, 0.5f], count);
        return planes
            ? model.Output("mask", 1, count, Height, Width).Node("Conv", "green weights bias", "mask")
            : model.Output("mask", 1, Height, Width, count).Node("Conv", "green weights bias", "classes")
                .Node("Transpose", "classes", "mask", ("perm", new long[] { 0, 2, 3, 1 }));
    }

    private static float[] Two(float v) => [4 * v - 2, 1 - v];

    private static float Softmax(int channel, float[] values) => MathF.Exp(values[channel]) / values.Sum(MathF.Exp);

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
