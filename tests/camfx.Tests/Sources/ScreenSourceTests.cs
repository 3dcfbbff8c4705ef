using System.Text.Json;
using Camfx.DBus.Tests;
using Camfx.Frames.Queue;
using Camfx.PipeWire;
using Camfx.PipeWire.Tests.Session;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Sources;

/// <summary>The built camera with a screen as its source: a portal that is played, and another camera's node in place of a screen's.</summary>
public sealed class ScreenSourceTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly TemporaryFolder _state = new();

    public void Dispose() => _state.Dispose();

    [SkippableFact]
    public async Task TheScreenThatWasChosenIsShownAndNotAskedForAgain()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera screen = Screen(session);
        using PlayedPortal portal = new(session.Socket, await NodeOf(session));
        string token = Path.Combine(_state.Path, "camfx", "screen-token");
        using (RunningCamera camera = Camera(portal, "screen:"))
        {
            using FrameQueueConnection connection = await ConnectAsync(camera);
            See(connection, IsPicture);
            Assert.Equal((1u, 2u, 2u), (portal.Wishes["types"].Value, portal.Wishes["cursor_mode"].Value, portal.Wishes["persist_mode"].Value));
            Assert.False(portal.Wishes.ContainsKey("restore_token"));
            Assert.Equal("token 1", File.ReadAllText(token));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, FileStatus.OfPath(token)!.Value.Mode);
            await camera.EndAsync("TERM");
        }

        using (RunningCamera camera = Camera(portal, "screen:?cursor=0"))
        {
            using FrameQueueConnection connection = await ConnectAsync(camera);
            See(connection, IsPicture);
            Assert.Equal((1u, "token 1"), (portal.Wishes["cursor_mode"].Value, portal.Wishes["restore_token"].Value));
            Assert.Equal("token 2", File.ReadAllText(token));
            await camera.EndAsync("TERM");
        }

        using RunningCamera other = Camera(portal, "screen:?choose=1");
        using FrameQueueConnection last = await ConnectAsync(other);
        See(last, IsPicture);
        Assert.False(portal.Wishes.ContainsKey("restore_token"));
    }

    [SkippableFact]
    public async Task ANoIsTakenForANo()
    {
        using MediaSession session = MediaSession.Create();
        using PlayedPortal portal = new(session.Socket, 1) { Answer = 1 };
        Directory.CreateDirectory(Path.Combine(_state.Path, "camfx"));
        await File.WriteAllTextAsync(Path.Combine(_state.Path, "camfx", "screen-token"), "old");
        using RunningCamera camera = Camera(portal, "screen:");
        using FrameQueueConnection connection = await ConnectAsync(camera);
        See(connection, static lease => !IsPicture(lease));
        await ReasonAsync(camera, "was not shared");
        Assert.Equal(1, portal.Asked);
        Assert.False(File.Exists(Path.Combine(_state.Path, "camfx", "screen-token")));
    }

    [SkippableFact]
    public async Task TheEndOfTheSharingIsACard()
    {
        using MediaSession session = MediaSession.Create();
        using RunningCamera screen = Screen(session);
        using PlayedPortal portal = new(session.Socket, await NodeOf(session));
        using RunningCamera camera = Camera(portal, "screen:");
        using FrameQueueConnection connection = await ConnectAsync(camera);
        See(connection, IsPicture);
        await screen.EndAsync("KILL");
        await ReasonAsync(camera, "no longer shared");
        Assert.Equal(1, portal.Asked);
    }

    [SkippableTheory]
    [InlineData("screen:1", 2, "choose it in the dialog")]
    [InlineData("screen:?cursor=maybe", 2, "it is 1 or 0")]
    [InlineData("screen:?x=1", 2, "no key 'x'")]
    [InlineData("screen:", 1, "needs xdg-desktop-portal")]
    public async Task WhatCannotBeIsRefusedInASentence(string source, int exitCode, string words)
    {
        using PrivateBus bus = new();
        BuiltCamfx.Result result = await BuiltCamfx.RunProgramAsync(
            "/usr/bin/env", $"DBUS_SESSION_BUS_ADDRESS={bus.Address}", BuiltCamfx.Executable, "run", "--source", source, "--output", "none", "--duration", "5");
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    /// <summary>A camera whose node stands for the screen.</summary>
    private static RunningCamera Screen(MediaSession session) => new(
        ["--name", "screen", "--source", "test:solid?color=#808080", "--size", "320x180", "--output", "pipewire"], new() { ["PIPEWIRE_REMOTE"] = session.Socket });

    private static async Task<uint> NodeOf(MediaSession session)
    {
        for (int i = 0; i < 200; i++)
        {
            if (GraphSnapshot.Take(TimeSpan.FromSeconds(20), session.Socket).Nodes.FirstOrDefault(static node =>
                node["node.name"] == "screen") is { } node) return node.Id;
            await Task.Delay(50);
        }

        throw new TimeoutException("The screen's node did not come.");
    }

    /// <summary>It finds no PipeWire by itself: only what the portal gave it.</summary>
    private RunningCamera Camera(PlayedPortal portal, string source) => new(["--source", source, "--size", "320x180", "--output", "queue"], new()
    {
        ["PIPEWIRE_REMOTE"] = "/nonexistent/pipewire-0",
        ["DBUS_SESSION_BUS_ADDRESS"] = portal.Address,
        ["XDG_STATE_HOME"] = _state.Path,
    });

    private static bool IsPicture(FrameLease lease) => (lease.Flags & FrameFlags.Placeholder) == FrameFlags.None;

    private static Task<JsonElement> ReasonAsync(RunningCamera camera, string words) =>
        camera.WaitForAsync(stats => stats.GetProperty("reason").GetString()?.Contains(words, StringComparison.Ordinal) == true, words);

    private static async Task<FrameQueueConnection> ConnectAsync(RunningCamera camera)
    {
        await camera.WaitForStateAsync("idle");
        return FrameQueueConnection.Connect(camera.QueuePath);
    }

    private static void See(FrameQueueConnection connection, Func<FrameLease, bool> condition)
    {
        long deadline = MonotonicClock.Now + 30 * Second;
        while (MonotonicClock.Now < deadline)
        {
            _ = connection.Wait(connection.Reader.LastSequence, deadline);
            if (!connection.Reader.TryAcquire(out FrameLease lease)) continue;
            bool seen = condition(lease);
            if (connection.Reader.Release(lease) && seen) return;
        }

        Assert.Fail("No such frame came.");
    }
}
