using System.Text.Json;
using Camfx.Frames.Queue;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>The command line against the running service.</summary>
public sealed class ServiceCommandTests : IDisposable
{
    private readonly RunningService _service = new();

    public void Dispose() => _service.Dispose();

    [SkippableFact]
    public async Task Everything_can_be_changed_from_the_shell_while_somebody_watches()
    {
        _service.Start();
        using FrameQueueConnection watcher = _service.Watch();
        Waiting.Next(watcher, 0);

        Assert.Equal("1\n", await Ok("effect", "add", "mirror"));
        Assert.Equal("2\n", await Ok("effect", "add", "brightness:value=10", "--at", "0"));
        await Ok("effect", "set", "brightness", "contrast=1.2");
        await Ok("effect", "disable", "1");
        await Ok("effect", "move", "1", "0");
        Assert.StartsWith("1 mirror, disabled\n2 brightness:contrast=1.2,value=10", await Ok("effect", "list"), StringComparison.Ordinal);
        await Ok("effect", "enable", "mirror");
        await Ok("effect", "remove", "2");
        await Ok("source", "set", "test:ball");
        Assert.Equal("b\n", await Ok("camera", "add", "b", "source=test:bars", "size=64x64", "outputs=queue", "enabled=off"));
        await Ok("camera", "set", "b", "name=c", "fps=15", "idle=always", "enabled=on", "outputs=queue+none");
        await Ok("effect", "add", "flip", "--camera", "c");

        JsonElement all = JsonDocument.Parse(await Ok("status", "--json")).RootElement;
        JsonElement first = all.GetProperty("cameras")[0], second = all.GetProperty("cameras")[1];
        Assert.Equal(_service.ProcessId, all.GetProperty("pid").GetInt32());
        Assert.Equal(("test:ball", "streaming"), (first.GetProperty("source").GetString(), first.GetProperty("state").GetString()));
        Assert.Equal(Environment.ProcessId, first.GetProperty("consumers")[0].GetProperty("pid").GetInt32());
        Assert.True(first.GetProperty("statistics").GetProperty("frames_out").GetInt64() > 0);
        Assert.Equal(("c", "b", 15, 64), (second.GetProperty("name").GetString(), second.GetProperty("id").GetString(), second.GetProperty("fps").GetInt32(), second.GetProperty("width").GetInt32()));
        Assert.Equal(["queue", "none"], second.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("kind").GetString()));
        Assert.Contains("frames ", await Ok("status"), StringComparison.Ordinal);
        Assert.Contains("LATENCY", await Ok("monitor"), StringComparison.Ordinal);
        await Ok("camera", "remove", "c");
        Assert.Equal(1, JsonDocument.Parse(await Ok("camera", "list", "--json")).RootElement.GetArrayLength());

        string picture = Path.Combine(_service.Folder, "picture.png");
        await Ok("snapshot", picture);
        Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(picture)[1..4]);
    }

    [SkippableFact]
    public async Task A_chain_is_kept_under_a_name_and_comes_back()
    {
        _service.Start();
        await Ok("effect", "add", "mirror");
        await Ok("effect", "add", "flip");
        await Ok("effect", "add", "brightness:value=10");
        await Ok("effect", "disable", "flip");
        await Ok("preset", "save", "mine", "--description", "Mirrored and lighter.");
        Assert.Contains("Mirrored and lighter.", await Ok("preset", "list"), StringComparison.Ordinal);

        await Ok("preset", "load", "low-light");
        Assert.DoesNotContain("mirror", await Ok("effect", "list"), StringComparison.Ordinal);
        await Ok("preset", "load", "mine");
        string[] lines = (await Ok("effect", "list")).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(" mirror", lines[0], StringComparison.Ordinal);
        Assert.Contains(" brightness:value=10", lines[1], StringComparison.Ordinal);

        await Ok("preset", "remove", "mine");
        Assert.Equal(5, (await _service.RunAsync("preset", "load", "mine")).ExitCode);
    }

    [SkippableFact]
    public async Task A_refusal_is_one_sentence_and_its_exit_status()
    {
        (int Code, string Sentence, string[] Arguments)[] refusals =
        [
            (5, "there are: camfx", ["source", "set", "test:bars", "--camera", "nothing"]),
            (5, "'camfx effect list'", ["effect", "remove", "7"]),
            (5, "does not exist", ["source", "set", "file:nothing.mp4"]),
            (2, "There is no effect 'nothing'", ["effect", "add", "nothing"]),
            (2, "KEY is one of", ["camera", "set", "camfx", "colour=red"]),
            (1, "Somebody watches", ["camera", "set", "camfx", "size=640x480"]),
        ];
        _service.Start();
        using FrameQueueConnection watcher = _service.Watch();
        foreach ((int code, string sentence, string[] arguments) in refusals)
        {
            BuiltCamfx.Result result = await _service.RunAsync(arguments);
            Assert.Equal((code, ""), (result.ExitCode, result.Output));
            Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
            Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        }
    }

    [SkippableTheory]
    [InlineData("status")]
    [InlineData("camera", "list")]
    [InlineData("source", "set", "test:bars")]
    [InlineData("effect", "list")]
    public async Task Without_the_service_the_exit_status_is_three(params string[] arguments)
    {
        BuiltCamfx.Result result = await _service.RunAsync(arguments);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("camfx start", result.Errors, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("exit 0", 0, "")]
    [InlineData("echo 'Failed to connect to bus: No medium found' >&2; exit 1", 1, "camfx run --service")]
    [InlineData("echo 'Unit camfx.service not found.' >&2; exit 5", 5, "make install")]
    public async Task Start_asks_systemd(string answer, int code, string sentence)
    {
        string systemctl = Path.Combine(_service.Folder, "systemctl");
        await File.WriteAllTextAsync(systemctl, $"#!/bin/sh\necho \"$*\" >{_service.Folder}/asked\n{answer}\n");
        await BuiltCamfx.RunProgramAsync("/bin/chmod", "755", systemctl);
        _service.Environment["PATH"] = $"{_service.Folder}:/usr/bin:/bin";

        BuiltCamfx.Result result = await _service.RunAsync("start");

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
        Assert.Equal("--user start camfx.service\n", await File.ReadAllTextAsync($"{_service.Folder}/asked"));
    }

    private async Task<string> Ok(params string[] arguments)
    {
        BuiltCamfx.Result result = await _service.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Errors}");
        return result.Output;
    }
}
