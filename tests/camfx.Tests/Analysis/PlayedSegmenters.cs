using Camfx.Analysis;
using Camfx.Frames;

namespace Camfx.Tests.Analysis;

/// <summary>Segmenters that a test plays: bright is in front.</summary>
internal sealed unsafe class PlayedSegmenters : ISegmenters, ISegmenter
{
    /// <summary>From this luma on somebody is in front.</summary>
    public const int Bright = 180;

    private readonly List<byte> _seen = [];

    /// <summary>Lets the segmenter go on when it waits; null: it does not wait.</summary>
    public SemaphoreSlim? Gate { get; set; }

    /// <summary>What it throws at the next picture.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Why there is none.</summary>
    public string? Refusal { get; set; }

    public string? Problem { get; set; }

    /// <summary>What it was made for.</summary>
    public List<string> Sources { get; } = [];

    /// <summary>The first luma of each picture it has begun to look at.</summary>
    public byte[] Seen
    {
        get
        {
            lock (_seen) return [.. _seen];
        }
    }

    public ISegmenter Make(string source, int width, int height)
    {
        lock (Sources) Sources.Add(source);
        return Refusal is { } refusal ? throw new CamfxException(ExitCode.NoSuchThing, refusal) : this;
    }

    public void Segment(in FrameView picture, in FrameView mask)
    {
        lock (_seen) _seen.Add(*picture.Row(0, 0));
        Gate?.Wait();
        if (Failure is { } failure) throw failure;
        for (int y = 0; y < mask.Height; y++)
            for (int x = 0; x < mask.Width; x++) mask.Row(0, y)[x] = picture.Row(0, y)[x] >= Bright ? (byte)255 : (byte)0;
    }

    public void Dispose()
    {
    }
}
