using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Conversion;

namespace Camfx.Imaging;

/// <summary>
/// Brightness, contrast, saturation and gamma of I420 or NV12 pictures. All of it is one table for luma and one for chroma, computed once here;
/// a frame is then only looked up. In limited range the results stay within 16–235 and 16–240.
/// </summary>
/// <remarks>Immutable; thread-safe. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class ColorAdjust
{
    private readonly byte[] _luma = GC.AllocateArray<byte>(256, pinned: true);
    private readonly byte[] _chroma = GC.AllocateArray<byte>(256, pinned: true);
    private readonly ColorRange _range;

    /// <summary>Computes the tables.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public ColorAdjust(in ColorSettings settings, ColorRange range)
    {
        Check(settings.Brightness, -100, 100, nameof(settings.Brightness));
        Check(settings.Contrast, 0, 4, nameof(settings.Contrast));
        Check(settings.Saturation, 0, 4, nameof(settings.Saturation));
        Check(settings.Gamma, 0.1, 10, nameof(settings.Gamma));
        Settings = settings;
        _range = range;
        IsIdentity = settings == new ColorSettings();
        double black = ColorWeights.LumaOffset(range), span = ColorWeights.LumaSpan(range);
        double chromaSpan = ColorWeights.ChromaSpan(range) / 2.0;
        for (int code = 0; code < 256; code++)
        {
            double luma = Math.Clamp((code - black) / span, 0, 1);
            luma = Math.Clamp((luma - 0.5) * settings.Contrast + 0.5 + settings.Brightness / 100, 0, 1);
            _luma[code] = (byte)Math.Round(black + span * Math.Pow(luma, 1 / settings.Gamma));
            double chroma = Math.Clamp((code - 128) * settings.Saturation, -chromaSpan, chromaSpan);
            _chroma[code] = (byte)Math.Clamp(Math.Round(128 + chroma), 0, 255);
        }
    }

    /// <summary>What it was made for.</summary>
    public ColorSettings Settings { get; }

    /// <summary>Whether it changes nothing, so that a caller may leave it out.</summary>
    public bool IsIdentity { get; }

    /// <summary>Adjusts one frame.</summary>
    /// <param name="source">An I420 or NV12 picture in the range given to the constructor.</param>
    /// <param name="target">Where it goes: same format and size; may be the source itself.</param>
    /// <exception cref="ArgumentException">Format, size or range do not fit.</exception>
    public void Apply(in FrameView source, in FrameView target)
    {
        FrameCheck.Planar420(source);
        FrameCheck.SameFormat(source, target);
        FrameCheck.SameSize(source, target);
        if (source.Range != _range) throw new ArgumentException($"These tables are for the {_range} range, but the picture is {source.Range}.");
        fixed (byte* luma = _luma, chroma = _chroma)
        {
            PlaneLookup.Run(source, target, 0, luma);
            bool sameChroma = Settings.Saturation == 1;
            for (int plane = 1; plane < PixelFormatInfo.Of(source.Format).PlaneCount; plane++)
            {
                if (!sameChroma) PlaneLookup.Run(source, target, plane, chroma);
                else if (source.Plane(plane) != target.Plane(plane)) FrameCopy.CopyPlane(source, target, plane);
            }
        }
    }

    private static void Check(double value, double lowest, double highest, string name)
    {
        if (!(value >= lowest && value <= highest))
            throw new ArgumentOutOfRangeException(name, value, $"{name} goes from {lowest} to {highest}.");
    }
}
