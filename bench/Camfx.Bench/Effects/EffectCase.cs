using Camfx.Frames;

namespace Camfx.Bench.Effects;

/// <summary>An effect and its peer.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Filter">FFmpeg's graph that does the same.</param>
/// <param name="Run">What camfx does; effects in place work on the target, which holds the picture then.</param>
internal sealed record EffectCase(string Name, string Filter, EffectCase.Work Run)
{
    public delegate void Work(in FrameView source, in FrameView target);
}
