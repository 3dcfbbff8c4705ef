using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Freeze;

/// <summary>Shows the first frame it gets, until it is taken out.</summary>
internal sealed class FreezeEffect(CameraMode mode) : IEffect
{
    private readonly FrameBuffer _frame = new(FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited);
    private bool _isFrozen;

    public static EffectKind Description { get; } = new(
        "freeze", "The picture stands still from the moment it is added.", [], static (_, mode) => new FreezeEffect(mode))
    { MovesPicture = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        FrameView kept = _frame.View.With(source.Matrix);
        if (_isFrozen) FrameCopy.Copy(kept, target);
        else FrameCopy.Copy(source, kept);
        _isFrozen = true;
    }

    public void Dispose() => _frame.Dispose();
}
