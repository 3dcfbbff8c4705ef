using System.Text;
using Camfx.Effects.Plugin;

namespace Camfx.Tests.Effects.Plugin;

public class PluginLogTests
{
    private readonly List<string> _lines = [];
    private readonly Clock _clock = new();

    [Fact]
    public void Each_line_has_the_plugins_name_and_no_control_characters()
    {
        PluginLog log = New();
        Add(log, "one\ntw");
        Add(log, "o\u001b[31m\r\n\n  \nrest");
        log.Flush();
        Assert.Equal(["p: one", "p: two[31m", "p: rest"], _lines);
        Assert.Equal("rest", log.LastLine);
    }

    [Fact]
    public void More_than_ten_lines_a_second_are_counted_and_left_out()
    {
        PluginLog log = New();
        for (int i = 0; i < 25; i++) Add(log, $"{i}\n");
        Assert.Equal(10, _lines.Count);
        _clock.Seconds++;
        Add(log, "next\n");
        Assert.Equal(["p: 15 more lines left out", "p: next"], _lines[10..]);
    }

    [Fact]
    public void A_line_without_end_takes_no_memory_and_a_flood_is_not_read()
    {
        PluginLog log = New();
        Assert.True(log.IsOpen);
        for (int i = 0; i < 20; i++) Add(log, new string('x', 4096));
        Assert.False(log.IsOpen);
        _clock.Seconds++;
        Assert.True(log.IsOpen);
        log.Flush();
        Assert.Equal(["p: " + new string('x', 300)], _lines);
    }

    private static void Add(PluginLog log, string text) => log.Add(Encoding.UTF8.GetBytes(text));

    private PluginLog New() => new("p", _clock, _lines.Add);

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; } = 1;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
