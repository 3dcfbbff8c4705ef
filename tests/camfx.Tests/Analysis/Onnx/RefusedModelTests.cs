using Camfx.Models;
using Camfx.Onnx;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>What cannot be used is refused in one sentence that names it.</summary>
public sealed class RefusedModelTests
{
    [SkippableTheory]
    [InlineData("""{ "input": { "name": "image" } }""", "no input 'image'")]
    [InlineData("""{ "output": { "name": "alpha" } }""", "no output 'alpha'")]
    [InlineData("""{ "output": { "channel": 1 } }""", "1 channel(s)")]
    [InlineData("""{ "input": { "width": 64 } }""", "width 32")]
    [InlineData("""{ "input": { "layout": "nhwc" } }""", "three channels")]
    [InlineData("""{ "output": { "name": "mask" }, "states": { "r1": "mask" } }""", "no input 'r1'")]
    [InlineData("""{ "input": { "colour": "rgb" } }""", "input.colour")]
    [InlineData("""{ "input": { "order": "yuv" } }""", "rgb or bgr")]
    [InlineData("""{ "output": { "meaning": "maybe" } }""", "probability, alpha, logit, softmax")]
    [InlineData("""{ "input": { "mean": [1, 2] } }""", "three numbers")]
    [InlineData("""{ "constants": { "ratio": { "shape": [2], "values": [1] } } }""", "1 values")]
    [InlineData("""{ "input": """, "line 1")]
    [InlineData("[]", "test.json")]
    public void A_manifest_that_does_not_fit(string manifest, string about)
    {
        using ModelFolder models = new();
        Refused(about, () => models.Open(Echo(), manifest));
    }

    [SkippableFact]
    public void An_input_that_nobody_describes()
    {
        using ModelFolder models = new();
        ModelWriter two = Echo().Input("ratio", 1);
        Refused("'picture', 'ratio'", () => models.Open(two));
        Refused("'ratio'; its manifest does not mention that", () => models.Open(two, """{ "input": { "name": "picture" } }"""));
    }

    [SkippableFact]
    public void A_second_output_that_may_be_the_mask()
    {
        using ModelFolder models = new();
        Refused("'mask', 'other'", () => models.Open(Echo().Output("other", 1, 3, 18, 32).Node("Identity", "picture", "other")));
    }

    [SkippableFact]
    public void A_type_that_is_not_float()
    {
        using ModelFolder models = new();
        Refused("float16", () => models.Open(new ModelWriter().InputOf(OnnxElement.Float16, "picture", 1, 3, 18, 32).Output("mask", 1, 1, 18, 32)
            .Node("Cast", "picture", "mask", ("to", 1L))));
    }

    [SkippableFact]
    public void A_size_that_nobody_says()
    {
        using ModelFolder models = new();
        Refused("input.height", () => models.Open(new ModelWriter().Input("picture", 1, 3, -1, -1).Output("mask", 1, 3, -1, -1).Node("Identity", "picture", "mask")));
    }

    [SkippableFact]
    public void An_output_that_is_no_mask()
    {
        using ModelFolder models = new();
        Refused("'mask float 5' ", () => models.Open(new ModelWriter().Input("picture", 1, 3, 18, 32).Output("mask", 5).Constant("five", [1, 2, 3, 4, 5], 5)
            .Constant("zero", [0], 1).Node("ReduceMean", "picture", "mean", ("keepdims", 0L)).Node("Mul", "mean zero", "nothing").Node("Add", "five nothing", "mask")));
    }

    [Fact]
    public void Every_manifest_that_camfx_brings_can_be_read_and_says_where_the_file_is()
    {
        Assert.Equal(["mediapipe-selfie", "mediapipe-selfie-landscape", "modnet", "pp-humanseg", "rvm", "sinet"], KnownModels.All.Keys);
        Assert.All(KnownModels.All.Values, static manifest =>
        {
            Assert.StartsWith("https://", manifest.Page, StringComparison.Ordinal);
            Assert.EndsWith(".onnx", manifest.File, StringComparison.Ordinal);
            Assert.NotNull(manifest.Licence);
            Assert.True(manifest.Input is { Width: > 0, Height: > 0 });
        });
    }

    private static void Refused(string about, Action open)
    {
        CamfxException failure = Assert.Throws<CamfxException>(open);
        Assert.Contains(about, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    private static ModelWriter Echo() => new ModelWriter().Input("picture", 1, 3, 18, 32).Output("mask", 1, 1, 18, 32)
        .Constant("from", 1).Constant("to", 2).Node("Slice", "picture from to from", "mask");
}
