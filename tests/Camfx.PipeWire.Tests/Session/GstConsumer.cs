using System.Diagnostics;
using Camfx.Frames;
using Camfx.PipeWire.Tests.Producer;

namespace Camfx.PipeWire.Tests.Session;

/// <summary>A real consumer: GStreamer's <c>pipewiresrc</c>, which keeps frames as long as it works on them.</summary>
internal sealed class GstConsumer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// On a busy machine PipeWire 0.3 now and then gives a consumer buffers without memory (docs/decisions/0003); such a consumer never shows a
    /// picture and is started again, as a user would do.
    /// </summary>
    private const int MostStarts = 5;

    private static readonly TimeSpan s_patienceForFirst = TimeSpan.FromSeconds(3);

    private readonly Func<Process> _start;
    private readonly FrameLayout _layout;
    private readonly byte[] _frame;
    private Process _process;
    private Timer _watchdog;
    private bool _hasFrame;

    /// <summary>Starts one that insists on a format.</summary>
    /// <param name="session">Where.</param>
    /// <param name="node">Whose frames.</param>
    /// <param name="format">The only format it takes.</param>
    /// <param name="width">The camera's width.</param>
    /// <param name="height">The camera's height.</param>
    /// <param name="readable">False: it throws the frames away by itself, and <see cref="Read"/> has none.</param>
    public GstConsumer(MediaSession session, string node, PixelFormat format, int width, int height, bool readable = true)
    {
        _layout = FrameLayout.Packed(format, width, height);
        _frame = new byte[_layout.Size];
        string name = format == PixelFormat.Yuyv ? "YUY2" : PixelFormatInfo.Of(format).Name;
        string[] source = ["-q", "pipewiresrc", $"target-object={node}", "!", $"video/x-raw,format={name}", "!"];
        string[] sink = readable ? ["fdsink", "fd=1", "sync=false"] : ["fakesink", "sync=false"];
        _start = () => session.Spawn("gst-launch-1.0", [.. source, .. sink]);
        _process = _start();
        _watchdog = Watch(s_patience);
    }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether it has let out anything of a frame that was not read; asked after its end.</summary>
    public bool HasOutput => _process.StandardOutput.BaseStream.ReadByte() >= 0;

    /// <summary>Its memory mappings.</summary>
    public string Maps => File.ReadAllText($"/proc/{_process.Id}/maps");

    /// <summary>Waits for the next frame; false at the end of the stream.</summary>
    public bool Read()
    {
        for (int starts = 1; !_hasFrame && starts <= MostStarts; starts++)
        {
            _watchdog.Change(s_patienceForFirst, Timeout.InfiniteTimeSpan);
            _hasFrame = Fill();
            _watchdog.Change(s_patience, Timeout.InfiniteTimeSpan);
            if (_hasFrame) return true;
            Dispose();
            _process = _start();
            _watchdog = Watch(s_patienceForFirst);
        }

        return Fill();
    }

    /// <summary>Waits for the next frame and reads its counter; null if it is torn.</summary>
    public unsafe ushort? ReadCounter()
    {
        if (!Read()) throw new EndOfStreamException("The consumer ended without a frame.");
        fixed (byte* memory = _frame)
            return CounterPicture.ReadCounter(new FrameView(memory, _layout, ColorMatrix.Bt601, ColorRange.Limited));
    }

    /// <summary>SIGKILL: it says goodbye to nobody.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watchdog.Dispose();
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private bool Fill() => _process.StandardOutput.BaseStream.ReadAtLeast(_frame, _frame.Length, throwOnEndOfStream: false) == _frame.Length;

    /// <summary>A frame that never comes fails the test instead of stopping it.</summary>
    private Timer Watch(TimeSpan patience) =>
        new(static process => ((Process)process!).Kill(), _process, patience, Timeout.InfiniteTimeSpan);
}
