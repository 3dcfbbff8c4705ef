using System.Globalization;
using Camfx.Analysis.Onnx;
using Camfx.Frames;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Cli.Models;

/// <summary><c>camfx model check</c>.</summary>
internal static class ModelCheck
{
    public static void Run(Model model, OnnxProvider provider, bool json)
    {
        using OnnxSegmenter segmenter = OnnxSegmenter.Open(model, new OnnxSessionOptions { Provider = provider });
        using SampleScene scene = new();
        using FrameBuffer mask = new(FrameLayout.Packed(PixelFormat.Gray8, SampleScene.Width, SampleScene.Height), ColorMatrix.Bt601, ColorRange.Full);
        scene.Draw(0);
        segmenter.Segment(scene.View, mask.View);
        if (segmenter.Problem is { } problem) throw new CamfxException(ExitCode.Failed, problem);
        (string Key, string Value)[] facts = [.. Facts(model, segmenter.Network)];
        string? doubt = Doubt(model.ReadManifest(), segmenter.Network);
        if (json)
        {
            Console.Out.Write(JsonText.Of(writer =>
            {
                foreach ((string key, string value) in facts) writer.WriteString(key.Replace(' ', '_'), value);
                writer.WriteString("doubt", doubt);
            }));
            return;
        }

        foreach ((string key, string value) in facts) Console.Out.WriteLine($"{key,-14} {value}");
        if (doubt is not null) Console.Out.WriteLine(doubt);
    }

    private static IEnumerable<(string Key, string Value)> Facts(Model model, Network network)
    {
        ModelManifest manifest = model.ReadManifest();
        OnnxSession session = network.Session;
        (float least, float most) = Range(network.Mask);
        yield return ("name", model.Name);
        yield return ("path", model.Path);
        yield return ("title", manifest.Title);
        yield return ("manifest", model.Origin);
        yield return ("picture", $"{network.Shape.Picture}, {(manifest.Input.IsBgr ? "BGR" : "RGB")}, {Word(network.Shape.Layout)}, {Word(manifest.Input.Fit)}");
        yield return ("mask", $"{network.MaskOutput}, {Word(manifest.Output.Meaning)}{(manifest.Output.IsBackground ? " of the background" : "")}");
        yield return ("values", string.Create(CultureInfo.InvariantCulture, $"{least:0.###} to {most:0.###}"));
        yield return ("states", manifest.States.IsEmpty ? "none" : string.Join(", ", manifest.States.Select(static state => $"{state.Output} to {state.Input}")));
        yield return ("computed on", session.Provider == OnnxProvider.Cuda ? "card" : "processor");
        if (network.Fallback is not null) yield return ("no card", network.Fallback);
        yield return ("runtime", $"ONNX Runtime {session.Runtime.Version}, {session.Runtime.Path}");
    }

    /// <summary>Numbers that a probability cannot be.</summary>
    private static string? Doubt(ModelManifest manifest, Network network)
    {
        (float least, float most) = Range(network.Mask);
        if (!float.IsFinite(least) || !float.IsFinite(most)) return "The mask has values that are no numbers: the model does not work on this machine.";
        return manifest.Output.Meaning is MaskMeaning.Probability or MaskMeaning.Alpha && (least < -0.01f || most > 1.01f)
            ? "These are no probabilities; its manifest should say logit or softmax (output.meaning)."
            : null;
    }

    private static (float Least, float Most) Range(OnnxTensor values)
    {
        (float least, float most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in values.Span) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }

    private static string Word<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();
}
