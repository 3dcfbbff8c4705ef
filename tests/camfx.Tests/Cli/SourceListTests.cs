using System.Text.Json;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Cli;

public sealed class SourceListTests
{
    [SkippableFact]
    public async Task EveryKindOfSourceIsListed()
    {
        BuiltCamfx.Result text = await BuiltCamfx.RunAsync("source", "list");
        BuiltCamfx.Result json = await BuiltCamfx.RunAsync("source", "list", "--json");
        Assert.Equal((0, "", 0, ""), (text.ExitCode, text.Errors, json.ExitCode, json.Errors));
        using var document = JsonDocument.Parse(json.Output);
        string[] kinds = [.. document.RootElement.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()!)];
        Assert.Equal(["camera", "file", "image", "queue", "pipewire", "screen", "test"], kinds);
        Assert.All(kinds, kind => Assert.Contains($"\n{kind}:", text.Output, StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Array, document.RootElement.GetProperty("sources").ValueKind);
    }
}
