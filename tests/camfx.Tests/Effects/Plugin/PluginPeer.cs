using System.Collections.Immutable;
using Camfx.Effects.Plugin;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects.Plugin;

/// <summary>
/// A plug-in effect whose program only sleeps: the test itself is at both its queues, so it decides when a picture is finished. Frames are given
/// times of their own; nothing here depends on how fast anything is.
/// </summary>
internal sealed class PluginPeer : IFrameQueueHost, IDisposable
{
    public const int Width = 64, Height = 32;

    private const long Patience = 20_000_000_000;

    private readonly TemporaryFolder _runtime = new();
    private readonly FrameBuffer _frame = TestPicture.New(Width, Height);
    private readonly FrameQueueWriter _pictures;
    private readonly FrameQueueConnection _frames;
    private readonly FrameQueueServer _server;
    private int _attached;
    private bool _isEnded;
    private ulong _last;

    public PluginPeer(int latency = 2, int width = Width, int height = Height, bool attach = true)
    {
        var options = new PluginOptions("/usr/bin/sleep", ["600"], 1 << 28, 100, latency, _runtime.Path);
        Effect = new PluginEffect(options, TestPicture.Mode(Width, Height), Log.Add);
        Apply(0);
        Wait(() => Directory.EnumerateDirectories(_runtime.Path).Any(folder => File.Exists(Path.Combine(folder, "in"))), "the plug-in's folder");
        Folder = Directory.EnumerateDirectories(_runtime.Path).Single();
        _frames = FrameQueueConnection.Connect(Path.Combine(Folder, "in"));
        _pictures = FrameQueueWriter.Create(new FrameQueueOptions(
            "peer", FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited, 30, 1, 4, 1));
        _server = new FrameQueueServer(Path.Combine(Folder, "out"), this);
        if (attach) Wait(() => Volatile.Read(ref _attached) > 0, "the effect at the queue of pictures");
    }

    public PluginEffect Effect { get; }

    public List<string> Log { get; } = [];

    /// <summary>The plug-in's folder.</summary>
    public string Folder { get; }

    public PluginStatistics Statistics => Effect.Statistics;

    /// <summary>Runs the effect on a frame whose luma is its number; returns the luma it has afterwards.</summary>
    public int Apply(int number)
    {
        TestPicture.Block(_frame, 0, 0, Width, Height, (byte)number, 128, 128);
        Effect.Apply(_frame.View, _frame.View, Time(number));
        return TestPicture.Luma(_frame, 7, 7);
    }

    /// <summary>Takes the newest frame, as the plug-in; gives its number.</summary>
    public unsafe int Take()
    {
        Assert.True(_frames.Reader.Wait(_last, MonotonicClock.Now + Patience), "no frame came");
        Assert.True(_frames.Reader.TryAcquire(out FrameLease lease));
        _last = lease.Sequence;
        int number = *lease.View.Row(0, 0);
        Assert.Equal(Time(number), lease.Timing.PresentationTime);
        Assert.True(_frames.Reader.Release(lease));
        return number;
    }

    /// <summary>Gives the picture of a frame, whose luma is its number + 100, and waits until the effect has seen it.</summary>
    public void Finish(int number, ColorMatrix matrix = ColorMatrix.Bt601) => Finish(Time(number), (byte)(number + 100), matrix);

    /// <summary>Gives a picture with any presentation time.</summary>
    public unsafe void Finish(long presentationTime, byte luma, ColorMatrix matrix = ColorMatrix.Bt601)
    {
        long before = Statistics.Pictures;
        Assert.True(_pictures.TryBegin(out FrameSlot slot));
        slot = slot.With(matrix);
        new Span<byte>(slot.View.Row(0, 0), _pictures.Layout.Size).Fill(128);
        new Span<byte>(slot.View.Row(0, 0), slot.View.Width * slot.View.Height).Fill(luma);
        _pictures.Publish(slot, new FrameTiming(presentationTime, presentationTime));
        Wait(() => Statistics.Pictures > before, "the picture at the effect");
    }

    /// <summary>Says of every slot that it holds another frame now, as a plug-in that draws over what is being read.</summary>
    public unsafe void DrawOver()
    {
        byte* memory = _pictures.SlotAddress(0) - _pictures.SlotOffset(0);
        for (int slot = 0; slot < _pictures.SlotCount; slot++) Volatile.Write(ref *(ulong*)(memory + 256 + 128 * slot), 77);
    }

    public void WaitForProblem(string words) => Wait(() => Statistics.Problem?.Contains(words, StringComparison.Ordinal) == true, words);

    public void Wait(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)), $"{what} did not come; {Statistics}; log: {string.Join('\n', Log)}");

    /// <summary>Ends the effect, and leaves what it left behind.</summary>
    public void EndEffect()
    {
        if (!_isEnded) Effect.Dispose();
        _isEnded = true;
    }

    public void Dispose()
    {
        EndEffect();
        _server.Dispose();
        _frames.Dispose();
        _frame.Dispose();
        _runtime.Dispose();
    }

    FrameQueueWriter? IFrameQueueHost.Open(uint fourcc, out string refusal)
    {
        refusal = "";
        return _pictures;
    }

    void IFrameQueueHost.Abandoned(FrameQueueWriter queue)
    {
    }

    void IFrameQueueHost.Attached(FrameQueueClient client) => Interlocked.Increment(ref _attached);

    void IFrameQueueHost.Detached(FrameQueueClient client) => Interlocked.Decrement(ref _attached);

    private static long Time(int number) => (number + 1) * 33_333_333L;
}
