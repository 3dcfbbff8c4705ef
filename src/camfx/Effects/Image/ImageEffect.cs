using System.Collections.Immutable;
using Camfx.Cairo;
using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;

namespace Camfx.Effects.Image;

/// <summary>A picture from a file over the camera's picture. It is loaded, scaled and prepared once; a frame only blends it in.</summary>
internal sealed class ImageEffect : IEffect
{
    private readonly PlacedPicture _picture;

    private ImageEffect(PlacedPicture picture) => _picture = picture;

    public static EffectKind Description { get; } = new("image", "A picture from a file over the picture, e.g. a logo.", Keys(), Create);

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime) => _picture.Blend(target);

    public void Dispose()
    {
    }

    private static ImmutableArray<EffectKey> Keys() =>
    [
        EffectKey.Text("path", null, "a file", "the picture's file"),
        .. Placement.Keys("top-left", "0", "0"),
        EffectKey.Number("scale", 1, 0.01, 100, "size as a factor of the file's own, which is made to fit the camera if it is not given"),
        EffectKey.Length("width", "", "greatest width, instead of scale"),
        EffectKey.Length("height", "", "greatest height, instead of scale"),
        EffectKey.Number("opacity", 1, 0, 1, "0 is invisible, 1 is as the file says"),
    ];

    private static ImageEffect Create(EffectValues values, CameraMode mode)
    {
        Placement placement = Placement.From(values);
        double opacity = values.Number("opacity");
        PictureSize size = PictureSize.From(values, mode);
        using FrameBuffer picture = Resize(Load(values.Text("path")), size);
        return new ImageEffect(new PlacedPicture(picture.View, placement, opacity, mode));
    }

    private static FrameBuffer Load(string path)
    {
        try
        {
            return ImageFile.Load(path);
        }
        catch (AvException cause)
        {
            ExitCode exitCode = cause.Failure == AvFailure.NotFound ? ExitCode.NoSuchThing : ExitCode.Failed;
            throw new CamfxException(exitCode, $"The effect 'image' has no picture: {cause.Message}", cause);
        }
    }

    // Takes the file's picture and gives one of the right size: the same, or another and the first is freed.
    private static FrameBuffer Resize(FrameBuffer file, PictureSize size)
    {
        (int width, int height) = size.Of(file.Layout.Width, file.Layout.Height);
        if ((width, height) == (file.Layout.Width, file.Layout.Height)) return file;
        using (file)
        {
            try
            {
                return PictureScaler.Scale(file.View, width, height);
            }
            catch (DrawingException cause)
            {
                throw new CamfxException(ExitCode.Failed, $"The effect 'image' cannot be made. {cause.Message}", cause);
            }
        }
    }
}
