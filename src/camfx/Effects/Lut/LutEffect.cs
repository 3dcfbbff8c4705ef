using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Lut;

/// <summary>The colours of a look-up table in a .cube file.</summary>
internal static class LutEffect
{
    public static EffectKind Description { get; } = new(
        "lut", "The colours of a look-up table, as film and photo programs write them.",
        [EffectKey.Text("file", value: null, "path of a .cube file, 1D or 3D", "the table's file")],
        static (values, _) =>
        {
            string path = values.Text("file");
            try
            {
                ColorCube cube = CubeFile.Read(path).ToCube(ColorRange.Limited);
                return new PictureEffect(isInPlace: true, (in FrameView frame, in FrameView _, long _) => cube.Apply(frame));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or ArgumentException or NotSupportedException)
            {
                throw CamfxException.Usage($"The effect 'lut' cannot read the file '{path}': {failure.Message.TrimEnd('.')}; give it a .cube file.");
            }
        });
}
