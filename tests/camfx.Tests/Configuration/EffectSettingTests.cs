using Camfx.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Tests.Configuration;

public sealed class EffectSettingTests
{
    [Theory]
    [InlineData("mirror", "mirror")]
    [InlineData("mirror:", "mirror")]
    [InlineData("text:value=a,clock", "text:clock=1,value=a")]
    [InlineData("text:value=\"On, \\\"air\\\"\"", "text:value=\"On, \\\"air\\\"\"")]
    [InlineData("image:path=C:\\x y=1", "image:path=C:\\x y=1")]
    public void ItIsWrittenInOneWay(string written, string spec) => Assert.Equal(spec, EffectSetting.Parse("1", written).Spec);

    [Fact]
    public void WhatIsWrittenIsReadAgain() => Prop.ForAll(
        ArbMap.Default.ArbFor<Dictionary<NonNull<string>, NonNull<string>>>(),
        values =>
        {
            EffectSetting setting = new(
                "7", "text", EffectSetting.NoParameters.AddRange(values.Select((pair, index) => KeyValuePair.Create($"key{index}", pair.Value.Get))));
            return EffectSetting.Parse("7", setting.Spec).Equals(setting);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TwoAreEqualIfTheirParametersAre()
    {
        EffectSetting one = EffectSetting.Parse("1", "crop:x=1,y=2"), other = EffectSetting.Parse("1", "crop:y=2,x=1");
        Assert.Equal(one, other);
        Assert.NotEqual(one, other with { Id = "2" });
        Assert.NotEqual(one, EffectSetting.Parse("1", "crop:x=1,y=3"));
        Assert.NotEqual(one, other with { Enabled = false });
        Assert.True(one.MakesSameAs(other with { Enabled = false }));
    }
}
