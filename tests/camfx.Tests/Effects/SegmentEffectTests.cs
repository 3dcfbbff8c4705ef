using Camfx.Analysis;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Onnx.Tests.Models;
using Camfx.Tests.Analysis.Onnx;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects;

public sealed class SegmentEffectTests
{
    private static readonly CameraMode s_mode = new(640, 360, new FrameRate(30, 1));

    [Fact]
    public void TheEnginePlateIsWhatThereIsWithoutIt()
    {
        using IEffect plain = EffectKinds.Create("segment", s_mode), plate = EffectKinds.Create("segment:engine=plate", s_mode);
        Assert.All([plain, plate], static effect => Assert.Null(Assert.IsType<ISegmentChoice>(effect, exactMatch: false).Segmenters));
    }

    [SkippableFact]
    public void TheEngineOnnxHasSegmentersOfItsModel()
    {
        using ModelFolder models = new();
        using Scene scene = new(256, 144);
        using IEffect effect = EffectKinds.Create($"segment:engine=onnx,model={models.Write(Saying(1))}", s_mode);
        ISegmenters segmenters = Assert.IsType<ISegmentChoice>(effect, exactMatch: false).Segmenters!;
        for (int i = 0; i < 2; i++)
        {
            using ISegmenter segmenter = segmenters.Make("test:smpte", 256, 144);
            segmenter.Segment(scene.Picture, scene.MaskView);
            Assert.Null(segmenter.Problem);
            Assert.All(scene.Mask, static level => Assert.Equal(255, level));
        }
    }

    [SkippableTheory]
    [InlineData("segment:engine=onnx", "needs a model")]
    [InlineData("segment:model=rvm", "write segment:engine=onnx,model=")]
    [InlineData("segment:engine=onnx,model=/nowhere/m.onnx", "'/nowhere/m.onnx' does not exist")]
    [InlineData("segment:engine=onnx,model=unheard-of", "camfx model list")]
    [InlineData("segment:engine=guess", "one of plate, onnx")]
    [InlineData("segment:threads=0", "1 to 64")]
    public void WhatCannotBeIsRefused(string spec, string about) =>
        Assert.Contains(about, Assert.Throws<CamfxException>(() => EffectKinds.Create(spec, s_mode)).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void ADamagedModelIsRefusedBeforeItIsLive()
    {
        using ModelFolder models = new();
        string damaged = Path.Combine(models.Path, "damaged.onnx");
        File.WriteAllText(damaged, "no model");
        Assert.Contains("cannot be used as an ONNX model", Assert.Throws<CamfxException>(() => EffectKinds.Create($"segment:engine=onnx,model={damaged}", s_mode)).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TheBackgroundIsWhatTheModelSays()
    {
        using ModelFolder models = new();
        string plain = await PictureAsync(models, "plain");
        string front = await PictureAsync(models, "front", $"segment:engine=onnx,model={models.Write(Saying(1), name: "one")}", "blur");
        string behind = await PictureAsync(models, "behind", $"segment:engine=onnx,model={models.Write(Saying(0), name: "zero")}", "blur");
        Assert.Equal(plain, front);
        Assert.NotEqual(plain, behind);
    }

    /// <summary>A model that says the same of every pixel.</summary>
    private static ModelWriter Saying(float value) => new ModelWriter().Input("picture", 1, 3, 18, 32).Output("mask", 1, 1, 18, 32)
        .Constant("from", 0).Constant("to", 1).Constant("nothing", [0], 1).Constant("value", [value], 1)
        .Node("Slice", "picture from to to", "red").Node("Mul", "red nothing", "zero").Node("Add", "zero value", "mask");

    private static async Task<string> PictureAsync(ModelFolder models, string name, params string[] effects)
    {
        string file = Path.Combine(models.Path, $"{name}.png");
        BuiltCamfx.Result result = await BuiltCamfx.RunAsync(
            ["snapshot", file, "--source", "test:smpte", "--size", "640x360", .. effects.SelectMany(static effect => (string[])["--effect", effect])]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        return Convert.ToHexString(await File.ReadAllBytesAsync(file));
    }
}
