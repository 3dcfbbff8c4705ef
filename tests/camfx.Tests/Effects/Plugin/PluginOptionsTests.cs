using Camfx.Effects;
using Camfx.Effects.Plugin;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects.Plugin;

public class PluginOptionsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  a  bc ", new[] { "a", "bc" })]
    [InlineData("'a b' c'd 'e ''", new[] { "a b", "cd e", "" })]
    public void Arguments_are_words_between_spaces(string args, string[] words) => Assert.Equal(words, Read("args", args).Arguments.ToArray());

    [Theory]
    [InlineData("1048576", 1 << 20)]
    [InlineData("2048K", 2 << 20)]
    [InlineData("300M", 300 << 20)]
    [InlineData("1G", 1 << 30)]
    public void Memory_is_bytes_or_with_a_letter(string memory, long bytes) => Assert.Equal(bytes, Read("memory", memory).Memory);

    [Theory]
    [InlineData("50%", 50)]
    [InlineData("250", 250)]
    public void Cpu_is_percent_of_one(string cpu, int percent) => Assert.Equal(percent, Read("cpu", cpu).Cpu);

    [Fact]
    public void What_a_killed_camfx_left_behind_is_removed_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string dead = folder.File("999999999-1"), living = folder.File($"{Environment.ProcessId}-7"), own = folder.File("1-1"), other = folder.File("notes");
        foreach (string path in (string[])[dead, living, own, other]) Directory.CreateDirectory(path);
        using (PluginFolder made = PluginFolder.Create(folder.Path, "1-1")) Assert.Equal(Path.Combine(own, "in"), made.In);
        Assert.Equal([living, other], Directory.EnumerateDirectories(folder.Path).Order(StringComparer.Ordinal).ToArray());
    }

    private static PluginOptions Read(string key, string value)
    {
        _ = RuntimeFolder.Path;
        return PluginOptions.From(new EffectValues(
            PluginEffect.Description, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/bin/sh", [key] = value }));
    }
}
