using Camfx.Analysis.Onnx;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>Networks that remember: each picture adds a hundredth to the mask.</summary>
public sealed class RecurrentTests
{
    private const string Manifest = """{ "output": { "name": "mask" }, "states": { "before": "after" }, "constants": { "step": { "shape": [1], "values": [0.01] } } }""";

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fifty_pictures_add_up(bool isOpen)
    {
        using ModelFolder models = new();
        using Scene scene = new(32, 18);
        using OnnxSegmenter segmenter = models.Open(Counting(isOpen), Manifest);
        for (int picture = 1; picture <= 50; picture++)
        {
            segmenter.Segment(scene.Picture, scene.MaskView);
            Assert.Null(segmenter.Problem);
            Assert.All(scene.Mask, level => Assert.Equal(picture * 0.01 * 255, level, tolerance: 0.52));
        }

        Assert.Equal(1, segmenter.Resets);
    }

    [SkippableFact]
    public void A_cut_begins_anew_and_motion_does_not()
    {
        using ModelFolder models = new();
        using Scene dark = new(64, 36), moved = new(64, 36), bright = new(64, 36);
        dark.Pixels.Fill(40);
        moved.Pixels.Fill(40);
        moved.Pixels[..(64 * 9)].Fill(160); // A quarter of the picture.
        bright.Pixels.Fill(200);
        using OnnxSegmenter segmenter = models.Open(Counting(isOpen: true), Manifest);
        Scene[] film = [dark, dark, moved, dark, bright, bright, bright, dark];
        int[] expected = [1, 2, 3, 4, 1, 2, 3, 1];
        for (int i = 0; i < film.Length; i++)
        {
            segmenter.Segment(film[i].Picture, film[i].MaskView);
            Assert.Equal(expected[i] * 0.01 * 255, film[i].Mask[0], tolerance: 0.52);
        }

        Assert.Equal(3, segmenter.Resets);
    }

    [SkippableFact]
    public void Another_size_begins_anew()
    {
        using ModelFolder models = new();
        using Scene small = new(32, 18), large = new(64, 36);
        using OnnxSegmenter segmenter = models.Open(Counting(isOpen: true), Manifest);
        segmenter.Segment(small.Picture, small.MaskView);
        segmenter.Segment(small.Picture, small.MaskView);
        segmenter.Segment(large.Picture, large.MaskView);
        Assert.Equal(2.55, large.Mask[0], tolerance: 0.52);
    }

    [SkippableFact]
    public void A_picture_allocates_nothing()
    {
        using ModelFolder models = new();
        using Scene scene = new(256, 144);
        using OnnxSegmenter segmenter = models.Open(Counting(isOpen: true), Manifest);
        for (int i = 0; i < 3; i++) segmenter.Segment(scene.Picture, scene.MaskView);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 30; i++) segmenter.Segment(scene.Picture, scene.MaskView);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>after = before + step, of the shape of the picture: a state of one number grows to it, as in networks that leave their states' shapes open.</summary>
    private static ModelWriter Counting(bool isOpen)
    {
        ModelWriter model = new ModelWriter()
            .Input("picture", 1, 3, 18, 32).Input("step", 1).Constant("zero", [0], 1).Constant("first", 0).Constant("second", 1)
            .Output("mask", 1, 1, 18, 32);
        model = isOpen ? model.Input("before", -1, -1, -1, -1).Output("after", -1, -1, -1, -1) : model.Input("before", 1, 1, 18, 32).Output("after", 1, 1, 18, 32);
        return model.Node("Slice", "picture first second second", "red").Node("Mul", "red zero", "nothing")
            .Node("Add", "before step", "more").Node("Add", "more nothing", "after").Node("Identity", "after", "mask");
    }
}
