using Camfx.Frames;

namespace Camfx.Effects.Mirror;

/// <summary>Left becomes right.</summary>
internal sealed class MirrorEffect : IEffect
{
    public static EffectKind Description { get; } = new("mirror", "Left becomes right, as in a mirror.", [], (_, _) => new MirrorEffect());

    public bool IsInPlace => false;

    public unsafe void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            int width = plane == 0 ? source.Width : (source.Width + 1) / 2, height = plane == 0 ? source.Height : (source.Height + 1) / 2;
            for (int y = 0; y < height; y++)
            {
                byte* from = source.Row(plane, y) + width - 1, to = target.Row(plane, y);
                for (int x = 0; x < width; x++) to[x] = *from--;
            }
        }
    }

    public void Dispose()
    {
    }
}
