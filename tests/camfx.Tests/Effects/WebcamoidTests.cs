using System.Text.RegularExpressions;
using Camfx.Effects;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects;

/// <summary>What docs/effects-webcamoid.md says of webcamoid's effects is so.</summary>
public sealed partial class WebcamoidTests
{
    private const string Names =
        "AdjustHSL Aging AnalogTV AspectRatio Blur Cartoon ChangeHSL Charify Cinema ColorFilter ColorKey ColorReplace ColorTap ColorTransform Contrast Convolve Crop DelayGrab "
        + "Denoise Dice Distort Dizzy Edge Emboss Equalize FaceDetect FaceTrack FalseColor Fire Flip FpsControl FrameOverlap Gamma GrayScale Halftone Hypnotic Implode Invert Life "
        + "Matrix MatrixTransform Nervous Normalize OilPaint Opacity Otsu Photocopy Pixelate Quark Radioactive Ripple Rotate Saturated ScanLines Shagadelic SwapRB Swirl "
        + "Temperature Vignette Warhol Warp Wave Zoom";

    private static readonly (string Name, string[] Specs)[] s_rows =
    [
        .. File.ReadLines(Path.Combine(BuiltCamfx.FindRepository(), "docs", "effects-webcamoid.md"))
            .Select(static line => Row().Match(line))
            .Where(static match => match.Success)
            .Select(static match => (match.Groups[1].Value, Code().Matches(match.Groups[2].Value).Select(static code => code.Groups[1].Value).ToArray())),
    ];

    public static TheoryData<string> Specs =>
        [.. s_rows.SelectMany(static row => row.Specs).Where(static spec => !spec.Contains("PROGRAM", StringComparison.Ordinal) && !spec.Contains("FILE", StringComparison.Ordinal)).Distinct()];

    [Fact]
    public void Every_name_has_its_row() => Assert.Equal(Names.Split(' '), s_rows.Select(static row => row.Name));

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_line_is_taken(string spec)
    {
        using IEffect effect = EffectKinds.Create(spec, TestPicture.Mode(1280, 720));
        Assert.NotNull(effect);
    }

    [GeneratedRegex("^\\| ([A-Z][A-Za-z]+) \\| (.*)\\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
