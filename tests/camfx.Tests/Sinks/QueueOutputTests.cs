using System.Text.Json;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Sinks;

/// <summary>The built camera, watched through its queue as another program would.</summary>
public sealed class QueueOutputTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task EveryFrameOfTheCounterArrivesWholeAndInItsTurn()
    {
        using var camera = new RunningCamera("--source", "test:counter", "--size", "640x480", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        ulong last = 0;
        long lastTime = 0;
        int counter = -1;
        for (int i = 0; i < 60; i++)
        {
            FrameLease lease = Next(connection, last);
            int now = CounterPicture.Number(lease.View);
            if (counter >= 0) Assert.Equal(last + (ulong)(now - counter), lease.Sequence);
            Assert.True(lease.Timing.PresentationTime > lastTime, "presentation times go back");
            Assert.Equal(FrameFlags.None, lease.Flags);
            (last, lastTime, counter) = (lease.Sequence, lease.Timing.PresentationTime, now);
            Assert.True(connection.Reader.Release(lease));
        }

        JsonElement line = await camera.WaitForAsync(stats => stats.GetProperty("consumers").GetArrayLength() == 1, "one consumer");
        Assert.Equal(Environment.ProcessId, line.GetProperty("consumers")[0].GetProperty("pid").GetInt32());
    }

    [SkippableTheory]
    [InlineData("YU12")]
    [InlineData("NV12")]
    [InlineData("YUYV")]
    [InlineData("AR24")]
    public async Task EachFormatIsGivenToWhoAsksForIt(string fourcc)
    {
        using var camera = new RunningCamera("--source", "test:solid?color=#ffffff", "--size", "320x240", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath, FourCC.Pack(fourcc));
        FrameLease lease = Next(connection, 0);
        Assert.Equal(PixelFormatInfo.FromFourCC(FourCC.Pack(fourcc)), lease.View.Format);
        Assert.Equal(fourcc == "AR24" ? 255 : 235, CounterPicture.Luma(lease.View, 120));
        Assert.True(connection.Reader.Release(lease));
    }

    [SkippableFact]
    public async Task TheFileIsOpenOnlyWhileSomebodyWatchesAndTwoSecondsLonger()
    {
        string film = _folder.File("film.mp4");
        await Clips.MakeFilmAsync(film);
        using var camera = new RunningCamera("--source", $"file:{film}?loop=1", "--size", "320x192", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        Assert.False(camera.HasOpen(film), "the file is open although nobody watches");

        long left;
        using (FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath))
        {
            ulong last = 0;
            var luma = new HashSet<byte>();
            for (int i = 0; i < 45; i++)
            {
                FrameLease lease = Next(connection, last);
                last = lease.Sequence;
                luma.Add(CounterPicture.Luma(lease.View, 96));
                connection.Reader.Release(lease);
            }

            Assert.True(luma.Count > 1, "the film does not move");
            Assert.True(camera.HasOpen(film), "the file is not open although somebody watches");
            left = MonotonicClock.Now;
        }

        while (MonotonicClock.Now - left < Second) Assert.True(camera.HasOpen(film), "the file is closed before the linger is over");
        await camera.WaitForStateAsync("idle");
        Assert.InRange(MonotonicClock.Now - left, 2 * Second, 30 * Second);
        Assert.False(camera.HasOpen(film), "the file stays open");
    }

    [SkippableFact]
    public async Task WithIdleAlwaysTheFileIsOpenAlthoughNobodyWatches()
    {
        string film = _folder.File("film.mp4");
        await Clips.MakeFilmAsync(film);
        using var camera = new RunningCamera("--source", $"file:{film}?loop=1", "--size", "320x192", "--output", "queue", "--idle", "always");
        await camera.WaitForAsync(_ => camera.HasOpen(film), "the film is open");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        FrameLease lease = Next(connection, 0);
        Assert.Equal(FrameFlags.None, lease.Flags);
        connection.Reader.Release(lease);
    }

    [SkippableFact]
    public async Task AFilmThatGoesAwayBecomesAPlaceholderAndComesBackByItself()
    {
        string film = _folder.File("film.mp4"), away = _folder.File("away.mp4");
        await Clips.MakeFilmAsync(film);
        using var camera = new RunningCamera("--source", $"file:{film}?loop=1", "--size", "320x192", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        File.Move(film, away);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        FrameLease card = Next(connection, 0);
        Assert.Equal(FrameFlags.Placeholder, card.Flags);
        ulong last = card.Sequence;
        connection.Reader.Release(card);
        JsonElement line = await camera.WaitForStateAsync("placeholder");
        Assert.Contains("does not exist", line.GetProperty("reason").GetString(), StringComparison.Ordinal);

        File.Move(away, film);
        await camera.WaitForStateAsync("streaming");
        FrameLease lease = Next(connection, last);
        while (lease.Flags != FrameFlags.None)
        {
            last = lease.Sequence;
            connection.Reader.Release(lease);
            lease = Next(connection, last);
        }

        connection.Reader.Release(lease);
    }

    [SkippableFact]
    public async Task ASecondCameraOfTheSameNameIsRefused()
    {
        using var camera = new RunningCamera("--source", "test:bars", "--output", "queue");
        await camera.WaitForStateAsync("idle");
        BuiltCamfx.Result second = await BuiltCamfx.RunProgramAsync(
            "/usr/bin/env", $"XDG_RUNTIME_DIR={camera.RuntimeDirectory}", BuiltCamfx.Executable, "run", "--output", "queue", "--duration", "5");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("another --name", second.Errors, StringComparison.Ordinal);
    }

    private static FrameLease Next(FrameQueueConnection connection, ulong after)
    {
        long deadline = MonotonicClock.Now + 20 * Second;
        while (true)
        {
            Assert.True(connection.Reader.Wait(after, deadline), "no frame came");
            if (connection.Reader.TryAcquire(out FrameLease lease)) return lease;
        }
    }
}
