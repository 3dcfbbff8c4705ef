using System.Text.Json;
using Camfx.Onnx;
using Camfx.Onnx.Tests.Models;
using Camfx.Tests.Analysis.Onnx;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Cli.Models;

public sealed class ModelVerbTests
{
    [SkippableFact]
    public async Task A_model_is_added_listed_checked_and_measured()
    {
        using ModelFolder models = new();
        using TemporaryFolder data = new();
        string file = models.Write(SelfieSized.Write(), name: "selfie_segmenter");

        // The file is called as its publisher calls it: it is known how it is fed.
        Assert.Equal((0, "mediapipe-selfie\n", ""), await RunAsync(data, "model", "add", file));
        Assert.Equal(["mediapipe-selfie.onnx"], Directory.EnumerateFileSystemEntries(data.File("camfx/models")).Select(Path.GetFileName));
        using JsonDocument list = JsonDocument.Parse((await RunAsync(data, "model", "list", "--json")).Output);
        JsonElement[] all = [.. list.RootElement.GetProperty("models").EnumerateArray()];
        Assert.Equal(["mediapipe-selfie"], all.Where(static model => model.GetProperty("installed").GetBoolean()).Select(static model => model.GetProperty("name").GetString()));
        Assert.Equal(6, all.Length);

        using JsonDocument check = JsonDocument.Parse((await RunAsync(data, "model", "check", "mediapipe-selfie", "--json")).Output);
        Assert.Equal("picture float 1x256x256x3, RGB, nhwc, stretch", check.RootElement.GetProperty("picture").GetString());
        Assert.Equal("mask float 1x256x256x1, probability", check.RootElement.GetProperty("mask").GetString());
        Assert.Equal(JsonValueKind.Null, check.RootElement.GetProperty("doubt").ValueKind);

        using JsonDocument bench = JsonDocument.Parse((await RunAsync(data, "model", "bench", "mediapipe-selfie", "--frames", "5", "--json")).Output);
        Assert.Equal((5, 2), (bench.RootElement.GetProperty("frames").GetInt32(), bench.RootElement.GetProperty("threads").GetInt32()));
        Assert.True(bench.RootElement.GetProperty("least_ms").GetDouble() <= bench.RootElement.GetProperty("median_ms").GetDouble());
    }

    [SkippableFact]
    public async Task A_manifest_goes_with_its_model()
    {
        using ModelFolder models = new();
        using TemporaryFolder data = new();
        string file = models.Write(
            new ModelWriter().Input("x", 1, 3, -1, -1).Output("y", 1, 3, -1, -1).Node("Identity", "x", "y"),
            """{ "title": "Red", "input": { "width": 32, "height": 18 } }""", "red");
        Assert.Equal((0, "mine\n", ""), await RunAsync(data, "model", "add", file, "--name", "mine"));
        Assert.True(File.Exists(data.File("camfx/models/mine.json")));
        Assert.Contains("title          Red", (await RunAsync(data, "model", "check", "mine")).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_does_not_work_is_not_kept()
    {
        using ModelFolder models = new();
        using TemporaryFolder data = new();
        string damaged = Path.Combine(models.Path, "damaged.onnx");
        await File.WriteAllTextAsync(damaged, "no model");
        (int code, string output, string errors) = await RunAsync(data, "model", "add", damaged);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("camfx: ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.File("camfx/models")));
    }

    [SkippableTheory]
    [InlineData(5, "https://github.com/PeterL1n/RobustVideoMatting", "model", "check", "rvm")]
    [InlineData(5, "no model 'unheard-of'", "model", "bench", "unheard-of")]
    [InlineData(5, "'/nowhere/m.onnx' does not exist", "model", "add", "/nowhere/m.onnx")]
    [InlineData(2, "--frames is 0", "model", "bench", "rvm", "--frames", "0")]
    [InlineData(2, "auto, cpu or cuda", "model", "check", "rvm", "--provider", "abacus")]
    public async Task What_is_not_there_is_said_with_what_to_do(int code, string about, params string[] arguments)
    {
        using TemporaryFolder data = new();
        (int ended, string output, string errors) = await RunAsync(data, arguments);
        Assert.Equal((code, ""), (ended, output));
        Assert.Contains(about, errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_ONNX_Runtime_models_are_listed_and_the_remedy_is_said()
    {
        using ModelFolder models = new();
        using TemporaryFolder data = new();
        string file = models.Write(SelfieSized.Write());
        Dictionary<string, string> without = new() { ["XDG_DATA_HOME"] = data.Path, [OnnxRuntime.PathVariable] = "/nowhere/libonnxruntime.so.1" };
        (int code, string output, string errors) = await RunAsync(without, "model", "list");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("CAMFX_ONNXRUNTIME names '/nowhere/libonnxruntime.so.1', which does not exist", output, StringComparison.Ordinal);
        (code, output, errors) = await RunAsync(without, "model", "check", file);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("CAMFX_ONNXRUNTIME names", errors, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(TemporaryFolder data, params string[] arguments) =>
        RunAsync(new Dictionary<string, string> { ["XDG_DATA_HOME"] = data.Path }, arguments);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        BuiltCamfx.Result result = await BuiltCamfx.RunInAsync(environment, arguments);
        return (result.ExitCode, result.Output, result.Errors);
    }
}
