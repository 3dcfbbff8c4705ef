using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Flip;

/// <summary>Top becomes bottom.</summary>
internal sealed class FlipEffect : IEffect
{
    public static EffectKind Description { get; } = new("flip", "Top becomes bottom.", [], (_, _) => new FlipEffect()) { MovesPicture = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime) => Transform.Flip(source, target);

    public void Dispose()
    {
    }
}
