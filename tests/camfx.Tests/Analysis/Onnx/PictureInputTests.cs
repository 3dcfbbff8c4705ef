using Camfx.Analysis.Onnx;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>What a network is given: models that give one channel of their picture back, so that the mask must be that colour.</summary>
public sealed class PictureInputTests
{
    private const int Width = 50, Height = 38;

    [SkippableTheory]
    [InlineData("nchw", "rgb")]
    [InlineData("nchw", "bgr")]
    [InlineData("nhwc", "rgb")]
    [InlineData("nhwc", "bgr")]
    public void Each_channel_arrives_where_the_manifest_says(string layout, string order)
    {
        using ModelFolder models = new();
        using Scene scene = new(Width, Height);
        for (int channel = 0; channel < 3; channel++)
        {
            using OnnxSegmenter segmenter = models.Open(Echo(layout == "nchw", channel), $$"""{ "input": { "order": "{{order}}" } }""");
            segmenter.Segment(scene.Picture, scene.MaskView);
            Assert.Equal(scene.Color(order == "rgb" ? channel : 2 - channel), scene.Mask);
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mean_and_scale_are_those_of_each_channel(bool planes)
    {
        using ModelFolder models = new();
        using Scene scene = new(Width, Height);
        float[] mean = [10, 60, 127.5f], scale = [1 / 300f, 1 / 255f, 1 / 127.5f];
        for (int channel = 0; channel < 3; channel++)
        {
            using OnnxSegmenter segmenter = models.Open(
                Echo(planes, channel), """{ "input": { "mean": [10, 60, 127.5], "scale": [0.00333333333, 0.00392156863, 0.00784313725] } }""");
            segmenter.Segment(scene.Picture, scene.MaskView);
            byte[] color = scene.Color(channel), mask = scene.Mask;
            for (int i = 0; i < mask.Length; i++)
                Assert.Equal(Math.Clamp((color[i] - mean[channel]) * scale[channel], 0, 1) * 255, mask[i], tolerance: 0.51);
        }
    }

    [SkippableFact]
    public void A_letterbox_keeps_the_shape_and_its_bars_are_not_in_the_mask()
    {
        using ModelFolder models = new();
        using Scene scene = new(64, 32);
        using OnnxSegmenter segmenter = models.Open(Echo(planes: true, channel: 1, width: 64, height: 64), """{ "input": { "fit": "letterbox" } }""");
        segmenter.Segment(scene.Picture, scene.MaskView);
        Assert.Equal(scene.Color(1), scene.Mask);
        using OnnxSegmenter stretched = models.Open(Echo(planes: true, channel: 1, width: 64, height: 64));
        stretched.Segment(scene.Picture, scene.MaskView);
        Assert.NotEqual(scene.Color(1), scene.Mask);
    }

    [SkippableFact]
    public void Pictures_and_masks_of_another_size_are_scaled()
    {
        using ModelFolder models = new();
        using OnnxSegmenter segmenter = models.Open(Echo(planes: false, channel: 0, width: 32, height: 32));
        foreach ((int width, int height) in ((int, int)[])[(64, 64), (40, 90), (64, 64)])
        {
            using Scene scene = new(width, height);
            scene.Pixels[..(width * height)].Fill(200);
            scene.Pixels[(width * height)..].Fill(128);
            segmenter.Segment(scene.Picture, scene.MaskView);
            Assert.All(scene.Mask, level => Assert.InRange(level, 212, 216)); // (200 - 16) * 255 / 219
        }
    }

    [SkippableFact]
    public void A_size_that_the_model_leaves_open_is_the_manifests()
    {
        using ModelFolder models = new();
        using Scene scene = new(Width, Height);
        using OnnxSegmenter segmenter = models.Open(Echo(planes: true, channel: 2, width: -1, height: -1), $$"""{ "input": { "width": {{Width}}, "height": {{Height}} } }""");
        segmenter.Segment(scene.Picture, scene.MaskView);
        Assert.Equal(scene.Color(2), scene.Mask);
    }

    private static ModelWriter Echo(bool planes, int channel, int width = Width, int height = Height)
    {
        ModelWriter model = new ModelWriter().Constant("from", channel).Constant("to", channel + 1).Constant("axis", planes ? 1 : 3);
        return planes
            ? model.Input("picture", 1, 3, height, width).Output("mask", 1, 1, height, width).Node("Slice", "picture from to axis", "mask")
            : model.Input("picture", 1, height, width, 3).Output("mask", 1, height, width, 1).Node("Slice", "picture from to axis", "mask");
    }
}
