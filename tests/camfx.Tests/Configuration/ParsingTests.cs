using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Sources;

namespace Camfx.Tests.Configuration;

public sealed class ParsingTests
{
    private static readonly CameraMode s_mode = new(640, 360, new FrameRate(30, 1));

    [Theory]
    [InlineData("30", 30, 1)]
    [InlineData("29.97", 30000, 1001)]
    [InlineData("59.94", 60000, 1001)]
    [InlineData("30000/1001", 30000, 1001)]
    [InlineData("12.5", 12500, 1000)]
    public void FrameRatesAreExactFractions(string text, int numerator, int denominator) =>
        Assert.Equal(new FrameRate(numerator, denominator), FrameRate.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("241")]
    [InlineData("-3")]
    [InlineData("fast")]
    [InlineData("30/0")]
    [InlineData("NaN")]
    public void FrameRatesOutOfRangeAreUsageErrors(string text) => AssertUsage(() => FrameRate.Parse(text), text);

    [Theory]
    [InlineData("641x480", "--size 640x480")]
    [InlineData("8x8", "16x16")]
    [InlineData("99999x16", "7680x4320")]
    [InlineData("big", "WIDTHxHEIGHT")]
    public void SizesThatCannotBeSayWhatCan(string text, string hint) => AssertUsage(() => CameraMode.ParseSize(text), hint);

    [Fact]
    public void QuotedValuesKeepCommasAndEscapes() =>
        Assert.Equal(
            new Dictionary<string, string> { ["value"] = "On air, \"now\"", ["x"] = "3", ["flag"] = "1" },
            KeyValueList.Parse("""value="On air, \"now\"",x=3,flag""", "spec"));

    [Theory]
    [InlineData("flip:speed=3", "cannot take 'speed'")]
    [InlineData("sparkle", "There is no effect 'sparkle'")]
    [InlineData("""mirror:a="b""", "does not close")]
    [InlineData("mirror:a=1,a=2", "twice")]
    public void EffectSpecsThatCannotBeAreUsageErrors(string spec, string hint) => AssertUsage(() => EffectKinds.Create(spec, s_mode), hint);

    [Theory]
    [InlineData("nothing", "no scheme")]
    [InlineData("ftp:x", "no source kind 'ftp:'")]
    [InlineData("test:nope", "no test picture 'nope'")]
    [InlineData("test:smpte?color=1", "no key 'color'")]
    [InlineData("test:solid?color=green", "#rrggbb")]
    public void SourcesThatCannotBeAreUsageErrors(string uri, string hint) => AssertUsage(() => SourceKinds.Create(uri, s_mode), hint);

    [Theory]
    [InlineData("file:/a%3Fb.mp4?loop=1&start=2.5", "/a?b.mp4", "loop", "1")]
    [InlineData("test:solid?color=%2300b140", "solid", "color", "#00b140")]
    [InlineData("test:solid?color=#00b140", "solid", "color", "#00b140")]
    public void UrisAreTakenApart(string text, string path, string key, string value)
    {
        var uri = SourceUri.Parse(text);
        Assert.Equal(path, uri.Path);
        Assert.Equal(value, uri.Value(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" camfx")]
    [InlineData("a/b")]
    [InlineData("100%")]
    [InlineData("a name that is longer than a label")]
    [InlineData(".hidden")]
    public void NamesThatBreakListsAreUsageErrors(string name) => AssertUsage(() => CameraName.Check(name), "camera name");

    private static void AssertUsage(Action action, string hint)
    {
        CamfxException failure = Assert.Throws<CamfxException>(action);
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message.TrimEnd('…', '.') + ".", StringComparison.Ordinal);
    }
}
