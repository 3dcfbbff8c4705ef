using Camfx.Effects;
using Camfx.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Tests.Effects;

public class SpecTests
{
    [Theory]
    [InlineData("glow")]
    [InlineData("")]
    public void An_unknown_kind_is_answered_with_those_there_are(string kind)
    {
        CamfxException error = Assert.Throws<CamfxException>(() => EffectKinds.Create(kind, TestPicture.Mode(128, 72)));
        Assert.StartsWith($"There is no effect '{kind}'; the effects are: mirror, flip, ", error.Message, StringComparison.Ordinal);
        Assert.All(EffectKinds.All, known => Assert.Matches($@"\b{known.Name}\b", error.Message));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("flip:x=1", "The effect 'flip' takes no keys and cannot take 'x'; write flip alone.")]
    [InlineData("rotate:degrees=90", "The effect 'rotate' has no key 'degrees'; its keys are: angle.")]
    [InlineData("rotate:angle=361", "The effect 'rotate' cannot take angle=361; it takes 0 to 360.")]
    [InlineData("brightness:value=101", "The effect 'brightness' cannot take value=101; it takes -100 to 100.")]
    [InlineData("brightness:value=NaN", "The effect 'brightness' cannot take value=NaN; it takes -100 to 100.")]
    [InlineData("brightness:gamma=0", "The effect 'brightness' cannot take gamma=0; it takes 0.1 to 10.")]
    [InlineData("crop:x=ten", "The effect 'crop' cannot take x=ten; it takes pixels or percent, e.g. 20 or 5%.")]
    [InlineData("text", "The effect 'text' needs 'value' (the text, as it stands); write text:value=….")]
    [InlineData("text:value=\"open", "'text:value=\"open' opens a quote and does not close it.")]
    [InlineData(
        "text:value=a,anchor=middle",
        "The effect 'text' cannot take anchor=middle; it takes one of "
        + "top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right.")]
    [InlineData(
        "text:value=%q,clock",
        "The effect 'text' has no clock code '%q'; the codes are %H %I %M %S %p %Y %y %m %d %e %a %A %b %B %j %F %T %R %%.")]
    [InlineData("image", "The effect 'image' needs 'path' (the picture's file); write image:path=….")]
    [InlineData("plugin", "The effect 'plugin' needs 'path' (the program); write plugin:path=….")]
    [InlineData("plugin:path=cat", "The effect 'plugin' cannot take path=cat; it takes the absolute path of an executable file.")]
    [InlineData("plugin:path=/bin/cat,memory=lots", "The effect 'plugin' cannot take memory=lots; it takes 1M to 1024G, in bytes or with K, M or G.")]
    [InlineData("plugin:path=/bin/cat,memory=1K", "The effect 'plugin' cannot take memory=1K; it takes 1M to 1024G, in bytes or with K, M or G.")]
    [InlineData("plugin:path=/bin/cat,cpu=0", "The effect 'plugin' cannot take cpu=0; it takes 1% to 100000%, of one CPU.")]
    [InlineData("plugin:path=/bin/cat,latency=0", "The effect 'plugin' cannot take latency=0; it takes 1 to 30.")]
    [InlineData(
        "plugin:path=/bin/cat,args=\"it's\"", "The effect 'plugin' cannot take args=it's; it takes words between spaces; 'single quotes' keep a space.")]
    public void What_cannot_be_understood_is_refused_in_one_sentence(string spec, string message)
    {
        CamfxException error = Assert.Throws<CamfxException>(() => EffectKinds.Create(spec, TestPicture.Mode(128, 72)));
        Assert.Equal(message, error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("text:value=a,color=blurple")]
    [InlineData("text:value=a,color=#12345")]
    public void A_colour_that_is_none_is_refused_with_what_a_colour_is(string spec)
    {
        CamfxException error = Assert.Throws<CamfxException>(() => EffectKinds.Create(spec, TestPicture.Mode(128, 72)));
        Assert.Contains("it takes #rgb, #rrggbb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_and_key_says_what_it_is()
    {
        foreach (EffectKind kind in EffectKinds.All)
        {
            Assert.Matches("^[A-Z].*\\.$", kind.Description);
            foreach (EffectKey key in kind.Keys)
            {
                Assert.Matches("^[a-z]+$", key.Name);
                Assert.NotEmpty(key.Values);
                Assert.NotEmpty(key.Description);
                Assert.DoesNotContain('\n', key.Description);
            }

            Assert.Equal(kind.Keys.Length, kind.Keys.Select(key => key.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Every_default_can_be_taken()
    {
        foreach (EffectKind kind in EffectKinds.All.Where(kind => kind.Name is not ("image" or "ffmpeg" or "plugin" or "lut")))
        {
            string keys = string.Join(',', kind.Keys.Select(key => $"{key.Name}=\"{key.Default ?? "x"}\""));
            using IEffect effect = EffectKinds.Create(keys.Length == 0 ? kind.Name : $"{kind.Name}:{keys}", TestPicture.Mode(128, 72));
            Assert.NotNull(effect);
        }
    }

    [Theory]
    [InlineData("text:value=a", 16, 16)]
    [InlineData("text:value=a,size=25%", 7680, 4320)]
    [InlineData("rotate:angle=90", 16, 16)]
    [InlineData("rotate:angle=270", 1080, 1920)]
    [InlineData("crop:x=2,y=2,width=2,height=2", 16, 16)]
    [InlineData("brightness:value=1", 16, 16)]
    [InlineData("swirl", 16, 16)]
    [InlineData("zoom:scale=8", 7680, 4320)]
    [InlineData("warhol:count=6", 16, 16)]
    [InlineData("pixelate:size=128", 16, 16)]
    public void The_smallest_and_the_largest_camera_take_it(string spec, int width, int height)
    {
        using FrameBuffer source = TestPicture.Noise(width, height);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        Assert.False(TestPicture.IsSame(source, result));
    }

    [Fact]
    public void Whatever_is_written_makes_an_effect_or_one_sentence()
    {
        Gen<string> value = Gen.OneOf(
            Gen.Elements("", "0", "1", "-1", "90", "50%", "1e300", "NaN", "-0", "99999999999",
                "center", "#fff", "\"a,b\"", "\"", "\\", "%H", "%", "é\u0301", "<b>"),
            ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? ""));
        Gen<string> Pairs(EffectKind kind) => Gen.ArrayOf(
            Gen.Elements(kind.Keys.Select(known => known.Name).Append("no").ToArray())
                .Zip(value).Select(pair => $"{pair.Item1}={pair.Item2}"))
            .Select(all => string.Join(',', all));
        Gen<string> spec = Gen.Elements(EffectKinds.All.ToArray()).SelectMany(kind => Pairs(kind).Select(pairs => $"{kind.Name}:{pairs}"));
        Prop.ForAll(spec.ToArbitrary(), text =>
        {
            try
            {
                using FrameBuffer source = TestPicture.Noise(128, 72);
                using FrameBuffer result = TestPicture.Apply(text, source);
                return true;
            }
            catch (CamfxException error)
            {
                return error.Message.Length > 0;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
