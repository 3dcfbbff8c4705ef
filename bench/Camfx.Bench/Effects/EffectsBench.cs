using System.Globalization;
using Camfx.Bench.Conversion;
using Camfx.FFmpeg.Filters;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Bench.Effects;

/// <summary>
/// The picture effects at 1920x1080 on one thread beside the filter of FFmpeg that does the same, taking turns in one process. Neither's copy of the picture counts. Prints a Markdown table.
/// </summary>
internal static class EffectsBench
{
    private const int Width = 1920, Height = 1080;

    /// <summary>Runs the comparison; with a word only effects whose name contains it, with <c>--quick</c> few rounds.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        bool quick = arguments.Contains("--quick");
        string filter = "";
        foreach (string argument in arguments)
            if (!argument.StartsWith('-')) filter = argument;
        string cube = Path.Combine(Path.GetTempPath(), $"camfx-bench-{Environment.ProcessId}.cube");
        WriteCube(cube);
        try
        {
            Console.WriteLine("| 1920x1080, one thread | camfx µs, median (min–max) | FFmpeg µs, median (min–max) | camfx / FFmpeg | filter |");
            Console.WriteLine("|---|--:|--:|--:|---|");
            foreach (EffectCase effect in EffectCases.All(Width, Height, cube))
                if (effect.Name.Contains(filter, StringComparison.Ordinal)) Compare(effect, quick ? 5 : 21);
        }
        finally
        {
            File.Delete(cube);
        }

        return 0;
    }

    private static void Compare(EffectCase effect, int rounds)
    {
        FrameLayout layout = FrameLayout.Packed(PixelFormat.I420, Width, Height);
        using FrameBuffer source = new(layout, ColorMatrix.Bt601, ColorRange.Limited), target = new(layout, ColorMatrix.Bt601, ColorRange.Limited);
        Scene.Draw(source.View);
        using FilterGraph graph = FilterGraph.Create(effect.Filter, Width, Height, 30, 1, ColorMatrix.Bt601, ColorRange.Limited);
        long time = 0;
        Timing camfx = new(() => effect.Run(source.View, target.View), () => FrameCopy.Copy(source.View, target.View));
        Timing ffmpeg = new(
            () =>
            {
                graph.Push(time += 33_000_000);
                while (graph.TryPull(out _))
                {
                }
            },
            () => FrameCopy.Copy(source.View, graph.Begin()));
        Timing[] all = [camfx, ffmpeg];
        foreach (Timing timing in all) timing.WarmUp(4);
        for (int round = 0; round < rounds; round++)
            foreach (Timing timing in all) timing.Sample(3);
        Console.WriteLine(FormattableString.Invariant(
            $"| {effect.Name} | {camfx} | {ffmpeg} | {camfx.Median / ffmpeg.Median:F2} | `{effect.Filter.Replace(Path.GetTempPath(), "", StringComparison.Ordinal)}` |"));
    }

    /// <summary>A table of 33 nodes an edge with some curve to it.</summary>
    private static void WriteCube(string path)
    {
        using StreamWriter file = new(path);
        file.WriteLine("LUT_3D_SIZE 33");
        for (int node = 0; node < 33 * 33 * 33; node++)
        {
            double red = node % 33 / 32.0, green = node / 33 % 33 / 32.0, blue = node / 33 / 33 / 32.0;
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Sqrt(red):F5} {green * green:F5} {0.8 * blue + 0.2 * red:F5}"));
        }
    }
}
