using Camfx.Frames;

namespace Camfx.Analysis;

/// <summary>Finds who is in front in small pictures of one source, one after the other.</summary>
/// <remarks>Thread-bound to the thread of the analysis.</remarks>
internal interface ISegmenter : IDisposable
{
    /// <summary>Why its last mask must not be used, and what to do, in one sentence; null: it may.</summary>
    string? Problem { get; }

    /// <summary>Looks at one picture.</summary>
    /// <param name="picture">I420.</param>
    /// <param name="mask">Gray8 of the same size: 255 is in front, 0 behind. Every pixel is written.</param>
    void Segment(in FrameView picture, in FrameView mask);
}
