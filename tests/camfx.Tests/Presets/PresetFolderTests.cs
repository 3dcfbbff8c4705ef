using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Presets;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Presets;

public sealed class PresetFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PresetFolder _presets;

    public PresetFolderTests() => _presets = new PresetFolder(_folder.File("presets"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_camfx_brings_along_is_there_without_a_folder() =>
        Assert.Equal(["low-light", "meeting", "office", "presenter", "privacy"], _presets.Names());

    [Fact]
    public void Every_preset_that_camfx_brings_along_can_be_made()
    {
        foreach (Preset preset in PresetFolder.Shipped.Select(_presets.Read))
        {
            Assert.NotEmpty(preset.Description);
            Assert.NotEmpty(preset.Effects);
            foreach (EffectSetting effect in preset.Effects) Assert.NotNull(EffectKinds.Find(effect.Kind));
        }
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Preset written = new("mine", "Two of them.", EffectSetting.ParseAll(["mirror", "text:value=\"On, air\",size=8%"]));
        _presets.Write(written);
        Preset read = _presets.Read("mine");
        Assert.Equal((written.Name, written.Description), (read.Name, read.Description));
        Assert.Equal<EffectSetting>(written.Effects, read.Effects);
    }

    [Fact]
    public void People_may_write_comments_and_empty_lines()
    {
        var preset = Preset.Parse("mine", "#  What it does. \n\n# because\n  mirror  \nbrightness:value=10\n");
        Assert.Equal("What it does.", preset.Description);
        Assert.Equal(["mirror", "brightness:value=10"], preset.Effects.Select(effect => effect.Spec));
    }

    [Fact]
    public void The_users_own_counts_until_it_is_removed()
    {
        string shipped = _presets.Read("meeting").Description;
        _presets.Write(new Preset("meeting", "Mine.", EffectSetting.ParseAll(["mirror"])));
        Assert.Equal("Mine.", _presets.Read("meeting").Description);
        Assert.True(_presets.IsOwn("meeting"));

        _presets.Remove("meeting");
        Assert.Equal(shipped, _presets.Read("meeting").Description);
        Assert.Equal(ExitCode.NotPermitted, Assert.Throws<CamfxException>(() => _presets.Remove("meeting")).ExitCode);
    }

    [Theory]
    [InlineData("nothing", 5)]
    [InlineData("../cameras", 2)]
    [InlineData("", 2)]
    public void A_name_that_is_none_is_refused(string name, int code) =>
        Assert.Equal(code, (int)Assert.Throws<CamfxException>(() => _presets.Read(name)).ExitCode);
}
