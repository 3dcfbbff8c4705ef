using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Mirror;

/// <summary>Left becomes right.</summary>
internal sealed class MirrorEffect : IEffect
{
    public static EffectKind Description { get; } = new("mirror", "Left becomes right, as in a mirror.", [], (_, _) => new MirrorEffect()) { MovesPicture = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime) => Transform.Mirror(source, target);

    public void Dispose()
    {
    }
}
