using System.Diagnostics;
using System.Globalization;
using Camfx.Analysis.Onnx;
using Camfx.Frames;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Cli.Models;

/// <summary><c>camfx model bench</c>.</summary>
internal static class ModelBench
{
    private const int Warmup = 5;

    public static void Run(Model model, OnnxSessionOptions options, int frames, bool json)
    {
        using OnnxSegmenter segmenter = OnnxSegmenter.Open(model, options);
        using SampleScene scene = new();
        using FrameBuffer mask = new(FrameLayout.Packed(PixelFormat.Gray8, SampleScene.Width, SampleScene.Height), ColorMatrix.Bt601, ColorRange.Full);
        double[] times = new double[frames];
        for (int i = -Warmup; i < frames; i++)
        {
            scene.Draw(i + Warmup);
            long begin = Stopwatch.GetTimestamp();
            segmenter.Segment(scene.View, mask.View);
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            if (segmenter.Problem is { } problem) throw new CamfxException(ExitCode.Failed, problem);
        }

        Array.Sort(times);
        OnnxSession session = segmenter.Network.Session;
        string on = session.Provider == OnnxProvider.Cuda ? "card" : "processor";
        if (json)
        {
            Console.Out.Write(JsonText.Of(writer =>
            {
                writer.WriteString("name", model.Name);
                writer.WriteNumber("frames", frames);
                writer.WriteNumber("threads", options.Threads);
                writer.WriteString("computed_on", on);
                writer.WriteString("no_card", segmenter.Network.Fallback);
                writer.WriteNumber("median_ms", Math.Round(times[frames / 2], 3));
                writer.WriteNumber("least_ms", Math.Round(times[0], 3));
                writer.WriteNumber("most_ms", Math.Round(times[^1], 3));
            }));
            return;
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Name}: {times[frames / 2]:0.00} ms a picture ({times[0]:0.00} to {times[^1]:0.00}), {frames} pictures of {SampleScene.Width}x{SampleScene.Height}, {on}, {options.Threads} threads"));
        if (segmenter.Network.Fallback is not null) Console.Out.WriteLine($"Not on a card: {segmenter.Network.Fallback}.");
    }
}
