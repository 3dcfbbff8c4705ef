using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Mirror;

/// <summary>Left becomes right; or one half of the picture stands on both sides.</summary>
internal static class MirrorEffect
{
    public static EffectKind Description { get; } = new(
        "mirror", "Left becomes right, as in a mirror; or one half of the picture is mirrored on the other.",
        [
            EffectKey.Word(
                "mode", "whole", ["whole", "left", "right", "top", "bottom", "quad"],
                "what is mirrored: the whole picture, the half that then stands on both sides, or its upper left quarter on all four"),
        ],
        static (values, _) => new PictureEffect(isInPlace: true, Work(values.Word("mode"))))
    { MovesPicture = true };

    private static PictureWork Work(string mode) => mode switch
    {
        "left" => static (in FrameView frame, in FrameView _, long _) => Across(frame, leftStays: true),
        "right" => static (in FrameView frame, in FrameView _, long _) => Across(frame, leftStays: false),
        "top" => static (in FrameView frame, in FrameView _, long _) => Down(frame, topStays: true),
        "bottom" => static (in FrameView frame, in FrameView _, long _) => Down(frame, topStays: false),
        "quad" => static (in FrameView frame, in FrameView _, long _) =>
        {
            Across(frame, leftStays: true);
            Down(frame, topStays: true);
        }
        ,
        _ => static (in FrameView source, in FrameView target, long _) => Transform.Mirror(source, target),
    };

    // Halves end between chroma samples: of a width of 4n + 2 the two columns in the middle stay.
    private static void Across(in FrameView frame, bool leftStays)
    {
        int half = frame.Width / 2 & ~1;
        FrameView left = Region.Of(frame, new PixelRectangle(0, 0, half, frame.Height));
        FrameView right = Region.Of(frame, new PixelRectangle(frame.Width - half, 0, half, frame.Height));
        if (leftStays) Transform.Mirror(left, right);
        else Transform.Mirror(right, left);
    }

    private static void Down(in FrameView frame, bool topStays)
    {
        int half = frame.Height / 2 & ~1;
        FrameView top = Region.Of(frame, new PixelRectangle(0, 0, frame.Width, half));
        FrameView bottom = Region.Of(frame, new PixelRectangle(0, frame.Height - half, frame.Width, half));
        FrameView from = topStays ? top : bottom, to = topStays ? bottom : top;
        FrameCopy.Copy(from, to);
        Transform.Flip(to, to);
    }
}
