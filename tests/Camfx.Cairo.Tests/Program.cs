using System.Globalization;
using Camfx.Frames;

namespace Camfx.Cairo.Tests;

/// <summary>What the tests run in a process of its own, because it depends on how a process starts. Prints what it saw.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Console.WriteLine(arguments is [string what] ? what switch
        {
            "text" => Text(),
            "card" => Card(),
            "libraries" => Libraries(),
            "memory" => Memory(),
            _ => "unknown",
        }
        : "unknown");
        return 0;
    }

    private static string Text()
    {
        try
        {
            using FrameBuffer picture = TextRenderer.Render("Hello", new TextStyle());
            return "drawn";
        }
        catch (DrawingException error)
        {
            return error.Message;
        }
    }

    private static string Card()
    {
        using FrameBuffer bare = PlaceholderCard.Draw(640, 360, "", "");
        using FrameBuffer card = PlaceholderCard.Draw(640, 360, "camfx", "Why.");
        return Pixels.IsSame(bare, card) ? "symbol" : "letters";
    }

    private static string Libraries()
    {
        bool before = IsPangoLoaded();
        string style = new TextStyle { Color = Color.White }.ToString();
        bool unused = IsPangoLoaded();
        TextRenderer.Render(style, new TextStyle()).Dispose();
        return $"{before} {unused} {IsPangoLoaded()}";
    }

    /// <summary>KiB that a thousand texts and cards, and a hundred refusals, leave behind.</summary>
    private static string Memory()
    {
        TextStyle style = new() { Size = 12, OutlineWidth = 2, ShadowColor = Color.Black, BackgroundColor = Color.Black };
        void Render(int count)
        {
            for (int i = 0; i < count; i++)
            {
                TextRenderer.Render("leak " + i % 10, style).Dispose();
                PlaceholderCard.Draw(320, 240, "camfx", "Reason.").Dispose();
                if (i % 10 != 0) continue;
                try
                {
                    TextRenderer.Render("<b>", style with { Markup = true }).Dispose();
                }
                catch (DrawingException)
                {
                    // The refusal is the point: what was made before it must be freed.
                }
            }
        }

        // Fonts, caches and the allocator's arenas settle first; so does compiled code.
        Render(1000);
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            // What leaks does so in each round; what an arena or the collector takes once is in one of them only.
            long before = Environment.WorkingSet;
            Render(1000);
            least = Math.Min(least, Environment.WorkingSet - before);
        }

        return (least / 1024).ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsPangoLoaded() => File.ReadAllText("/proc/self/maps").Contains("/libpango", StringComparison.Ordinal);
}
