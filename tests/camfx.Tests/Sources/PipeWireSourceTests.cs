using System.Text.Json;
using Camfx.Frames.Queue;
using Camfx.PipeWire.Tests.Session;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Sources;

/// <summary>The built camera with another camera's node as its source, in a PipeWire session of the test's own; seen through its queue.</summary>
public sealed class PipeWireSourceTests
{
    private const long Second = 1_000_000_000;

    [SkippableFact]
    public async Task AnotherCameraIsShownWithOneCopyOfEachPicture()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera other = Other(session, "#808080");
        using RunningCamera camera = Camera(session, "pipewire:other");
        using FrameQueueConnection connection = await ConnectAsync(camera);
        See(connection, IsPicture);
        const long Picture = 320 * 180 * 3 / 2;
        JsonElement line = await camera.WaitForAsync(stats => stats.GetProperty("source_copied_bytes").GetInt64() >= 10 * Picture, "the one copy of each picture");
        Assert.Equal(0, line.GetProperty("source_copied_bytes").GetInt64() % Picture);
        Assert.Equal(1, line.GetProperty("source_opened").GetInt64());
    }

    [SkippableFact]
    public async Task AnotherSizeIsLetterBoxed()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera other = Other(session, "#ffffff", "180x180");
        using RunningCamera camera = Camera(session, "pipewire:other");
        using FrameQueueConnection connection = await ConnectAsync(camera);
        See(connection, static lease => IsPicture(lease)
            && (Luma(lease, 2, 90), Luma(lease, 160, 2), Luma(lease, 160, 177), Luma(lease, 317, 90)) is (16, > 230, > 230, 16));
    }

    [SkippableFact]
    public async Task ANodeThatIsNotThereOrGoneIsACardUntilItIsBack()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera camera = Camera(session, "pipewire:other");
        using FrameQueueConnection connection = await ConnectAsync(camera);
        await ReasonAsync(camera, "There is no node 'other' at PipeWire. As soon as it is there, it is shown.");
        using (RunningCamera first = Other(session, "#808080"))
        {
            See(connection, IsPicture);
            await first.EndAsync("KILL");
        }

        See(connection, static lease => lease.Flags.HasFlag(FrameFlags.Placeholder));
        await ReasonAsync(camera, "The node 'other' is gone from PipeWire. It is shown again as soon as it is back.");
        using RunningCamera second = Other(session, "#ffffff");
        See(connection, static lease => IsPicture(lease) && Luma(lease, 100, 100) > 230);
        Assert.Equal(1, (await camera.WaitForStateAsync("streaming")).GetProperty("source_opened").GetInt64());
    }

    [SkippableFact]
    public async Task ItOutlivesPipeWireItself()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera other = Other(session, "#808080");
        using RunningCamera camera = Camera(session, "pipewire:other");
        using FrameQueueConnection connection = await ConnectAsync(camera);
        See(connection, IsPicture);
        session.KillPipeWire();
        See(connection, static lease => lease.Flags.HasFlag(FrameFlags.Placeholder));
        session.StartPipeWire();
        See(connection, IsPicture);
    }

    [SkippableFact]
    public async Task CamerasThatOnlyPipeWireHasAreListedAndOursAreNot()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera ours = Other(session, "#808080");
        using OtherCamera theirs = OtherCamera.Flat(session, "theirs", "I420", "0xff808080");
        string listed = "";
        MediaSession.Until(() => (listed = ListAsync().Result).Contains("theirs", StringComparison.Ordinal), "the node in the list");
        JsonElement[] sources = [.. JsonDocument.Parse(listed).RootElement.GetProperty("sources").EnumerateArray().Where(source => source.GetProperty("kind").GetString() == "pipewire")];
        Assert.Equal(("pipewire:theirs", "theirs"), (sources[0].GetProperty("uri").GetString(), sources[0].GetProperty("node").GetString()));
        await ours.WaitForStateAsync("idle");
        Assert.Single(JsonDocument.Parse(await ListAsync()).RootElement.GetProperty("sources").EnumerateArray(), source => source.GetProperty("kind").GetString() == "pipewire");

        // What is listed can be shown.
        using RunningCamera camera = Camera(session, sources[0].GetProperty("uri").GetString()!);
        using FrameQueueConnection connection = await ConnectAsync(camera);
        See(connection, IsPicture);

        async Task<string> ListAsync() => (await BuiltCamfx.RunProgramAsync(
            "/usr/bin/env", $"PIPEWIRE_REMOTE={session.Socket}", BuiltCamfx.Executable, "source", "list", "--json")).Output;
    }

    [SkippableTheory]
    [InlineData("pipewire:", "names no node")]
    [InlineData("pipewire:x?loop=1", "no key 'loop'")]
    [InlineData("pipewire:camfx", "cannot be its own source")]
    public async Task WhatCannotBeANodeIsRefusedInASentence(string source, string words)
    {
        BuiltCamfx.Result result = await BuiltCamfx.RunAsync("run", "--source", source, "--output", "pipewire", "--duration", "5");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    private static RunningCamera Other(MediaSession session, string color, string size = "320x180") => new(
        ["--name", "other", "--source", $"test:solid?color={color}", "--size", size, "--output", "pipewire"], At(session));

    private static RunningCamera Camera(MediaSession session, string source) => new(["--source", source, "--size", "320x180", "--output", "queue"], At(session));

    private static Dictionary<string, string> At(MediaSession session) => new() { ["PIPEWIRE_REMOTE"] = session.Socket };

    private static async Task<FrameQueueConnection> ConnectAsync(RunningCamera camera)
    {
        await camera.WaitForStateAsync("idle");
        return FrameQueueConnection.Connect(camera.QueuePath);
    }

    private static Task<JsonElement> ReasonAsync(RunningCamera camera, string reason) =>
        camera.WaitForAsync(stats => stats.GetProperty("reason").GetString() == reason, reason);

    private static bool IsPicture(FrameLease lease) => (lease.Flags & FrameFlags.Placeholder) == FrameFlags.None;

    private static unsafe byte Luma(FrameLease lease, int x, int y) => lease.View.Row(0, y)[x];

    /// <summary>Waits for a frame that is so.</summary>
    private static void See(FrameQueueConnection connection, Func<FrameLease, bool> condition)
    {
        long deadline = MonotonicClock.Now + 30 * Second;
        ulong last = 0;
        while (MonotonicClock.Now < deadline)
        {
            _ = connection.Wait(last, deadline);
            if (!connection.Reader.TryAcquire(out FrameLease lease)) continue;
            last = lease.Sequence;
            bool seen = condition(lease);
            if (connection.Reader.Release(lease) && seen) return;
        }

        Assert.Fail("No such frame came.");
    }
}
