using System.Diagnostics;
using System.Globalization;

namespace Camfx.Cairo.Tests;

public class ProcessTests
{
    private const string NoFonts = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig/>";

    [Fact]
    public void Without_any_font_a_text_says_which_package_is_missing() =>
        Assert.Equal("Text cannot be drawn: no font is installed; install the package fonts-dejavu-core.", Run("text", NoFonts));

    [Fact]
    public void Without_any_font_a_card_still_shows_its_symbol() => Assert.Equal("symbol", Run("card", NoFonts));

    [Fact]
    public void With_fonts_a_card_has_letters() => Assert.Equal("letters", Run("card", fontconfig: null));

    [Fact]
    public void The_libraries_are_loaded_by_the_first_text_and_not_before() =>
        Assert.Equal("False False True", Run("libraries", fontconfig: null));

    [Fact]
    public void A_thousand_texts_and_cards_leave_nothing_behind() =>
        Assert.InRange(int.Parse(Run("memory", fontconfig: null), CultureInfo.InvariantCulture), int.MinValue, 512);

    private static string Run(string what, string? fontconfig)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["exec", typeof(ProcessTests).Assembly.Location, what])
        {
            RedirectStandardOutput = true,
        };

        // Collects often: otherwise the managed heap grows to the collector's budget, and hides what native memory does.
        start.Environment["DOTNET_GCgen0size"] = "0x40000";
        string? file = null;
        if (fontconfig is not null)
        {
            file = Path.GetTempFileName();
            File.WriteAllText(file, fontconfig);
            start.Environment["FONTCONFIG_FILE"] = file;
        }

        try
        {
            using Process child = Process.Start(start)!;
            string output = child.StandardOutput.ReadToEnd();
            Assert.True(child.WaitForExit(30_000), "the child did not end");
            return output.Trim();
        }
        finally
        {
            if (file is not null) File.Delete(file);
        }
    }
}
