using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects;

/// <summary>An effect that treats who is in front and what is behind differently. The camera finds out who is in front only while it has such an effect.</summary>
internal interface IBackgroundEffect : IEffect
{
    /// <summary>Makes <paramref name="target"/> out of <paramref name="source"/>, as <see cref="IEffect.Apply"/> does.</summary>
    /// <param name="source">The picture so far.</param>
    /// <param name="target">Where the result goes; every pixel is written.</param>
    /// <param name="presentationTime">When the frame is shown, CLOCK_MONOTONIC in ns.</param>
    /// <param name="matte">Who is in front; null: nobody knows, and everything counts as background.</param>
    void Apply(in FrameView source, in FrameView target, long presentationTime, Matte? matte);

    void IEffect.Apply(in FrameView source, in FrameView target, long presentationTime) => Apply(source, target, presentationTime, matte: null);
}
