using Camfx.Cairo;
using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Replace;

/// <summary>Something else is behind people than the room; while nobody knows who is in front, there is nothing but that.</summary>
internal sealed class ReplaceEffect : IBackgroundEffect
{
    private readonly Backdrop _backdrop;

    private ReplaceEffect(Backdrop backdrop) => _backdrop = backdrop;

    public static EffectKind Description { get; } = new(
        "replace", "Puts a picture or a colour behind people.",
        [
            EffectKey.Text("image", "", "a file", "a picture, which covers the camera's"),
            EffectKey.Color("color", "black", "a colour, where no picture is given"),
        ],
        Create)
    { HidesBackground = true };

    /// <summary>Takes the room away. There is no transparency in a camera's frames: what is behind becomes a colour.</summary>
    public static EffectKind Removal { get; } = new(
        "remove", "Takes away what is behind people, and leaves a colour.",
        [EffectKey.Color("color", "black", "what is there instead")],
        static (values, mode) => new ReplaceEffect(Backdrop.Of(values.Color("color"), mode)))
    { HidesBackground = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime, Matte? matte)
    {
        FrameView backdrop = _backdrop.For(target);
        if (matte is null) FrameCopy.Copy(backdrop, target);
        else matte.PutBehind(backdrop, target);
    }

    public void Dispose() => _backdrop.Dispose();

    private static ReplaceEffect Create(EffectValues values, CameraMode mode)
    {
        if (values.Text("image").Length == 0) return new ReplaceEffect(Backdrop.Of(values.Color("color"), mode));
        if (values.IsGiven("color")) throw CamfxException.Usage("The effect 'replace' takes either image or color; leave one of them out.");
        try
        {
            return new ReplaceEffect(Backdrop.Of(values.Text("image"), mode));
        }
        catch (AvException cause)
        {
            throw new CamfxException(CamfxException.Of(cause).ExitCode, $"The effect 'replace' has no picture: {cause.Message}", cause);
        }
        catch (DrawingException cause)
        {
            throw new CamfxException(ExitCode.Failed, $"The effect 'replace' cannot be made. {cause.Message}", cause);
        }
    }
}
