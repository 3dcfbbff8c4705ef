using System.Collections.Immutable;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>What of a network is what: its picture, its mask, its states; the manifest and the model's file brought together.</summary>
/// <param name="Picture">The input for the picture, every dimension known.</param>
/// <param name="Layout">How the picture's numbers lie.</param>
/// <param name="Mask">The output with the mask, as the file describes it.</param>
internal sealed record NetworkShape(OnnxValueInfo Picture, TensorLayout Layout, OnnxValueInfo Mask)
{
    public int Width => (int)(Layout == TensorLayout.Nchw ? Picture.Shape[3] : Picture.Shape[2]);

    public int Height => (int)(Layout == TensorLayout.Nchw ? Picture.Shape[2] : Picture.Shape[1]);

    /// <exception cref="CamfxException">They do not fit, or what is not said cannot be guessed safely.</exception>
    public static NetworkShape Of(OnnxSession session, ModelManifest manifest)
    {
        OnnxValueInfo picture = ThePicture(session, manifest);
        if (picture.Element != OnnxElement.Float)
            throw Refused(session, $"takes its picture as {picture.Element.ToString().ToLowerInvariant()}, and camfx gives float; get its 32-bit version");
        if (picture.Shape.Length != 4) throw Refused(session, $"has the input '{picture}', which is no picture of three channels");
        TensorLayout layout = manifest.Input.Layout
            ?? (picture.Shape[1] == 3 ? TensorLayout.Nchw : picture.Shape[3] == 3 ? TensorLayout.Nhwc
                : throw Refused(session, $"has the input '{picture}', which does not tell where its channels are; say so in its manifest (input.layout)"));
        bool planes = layout == TensorLayout.Nchw;
        long[] shape =
        [
            Known(session, picture.Shape[0], 1, "one picture at a time"),
            planes ? Known(session, picture.Shape[1], 3, "three channels") : Side(session, picture.Shape[1], manifest.Input.Height, "height"),
            planes ? Side(session, picture.Shape[2], manifest.Input.Height, "height") : Side(session, picture.Shape[2], manifest.Input.Width, "width"),
            planes ? Side(session, picture.Shape[3], manifest.Input.Width, "width") : Known(session, picture.Shape[3], 3, "three channels"),
        ];
        return new NetworkShape(picture with { Shape = [.. shape] }, layout, TheMask(session, manifest));
    }

    private static OnnxValueInfo ThePicture(OnnxSession session, ModelManifest manifest)
    {
        OnnxValueInfo[] others = [.. session.Inputs.Where(input =>
            !manifest.States.Any(state => state.Input == input.Name) && !manifest.Constants.Any(constant => constant.Input == input.Name))];
        if (manifest.Input.Name is not { } name)
            return others.Length == 1 ? others[0] : throw Refused(session, $"has {Listed(others)}; say in a manifest which is the picture (input.name)");
        OnnxValueInfo picture = Named(session, session.Inputs, name, "input");
        return others.Length == 1 ? picture : throw Refused(session, $"also has {Listed(others.Where(other => other.Name != name))}; its manifest does not mention that");
    }

    private static OnnxValueInfo TheMask(OnnxSession session, ModelManifest manifest)
    {
        if (manifest.Output.Name is { } name) return Named(session, session.Outputs, name, "output");
        OnnxValueInfo[] others = [.. session.Outputs.Where(output => !manifest.States.Any(state => state.Output == output.Name))];
        return others.Length == 1 ? others[0] : throw Refused(session, $"gives {Listed(others)}; say in a manifest which is the mask (output.name)");
    }

    private static OnnxValueInfo Named(OnnxSession session, ImmutableArray<OnnxValueInfo> values, string name, string kind) =>
        values.FirstOrDefault(value => value.Name == name)
        ?? throw Refused(session, $"has no {kind} '{name}', which its manifest names; it has {Listed(values)}");

    private static long Known(OnnxSession session, long dimension, long expected, string what) =>
        dimension < 0 || dimension == expected ? expected : throw Refused(session, $"does not take {what}");

    private static long Side(OnnxSession session, long dimension, int? told, string what)
    {
        if (dimension < 0) return told ?? throw Refused(session, $"leaves its {what} open; say it in its manifest (input.{what})");
        return told is null || told == dimension ? dimension : throw Refused(session, $"takes pictures of {what} {dimension}, and its manifest says {told}");
    }

    private static string Listed(IEnumerable<OnnxValueInfo> values)
    {
        string list = string.Join(", ", values.Select(static value => $"'{value.Name}'"));
        return list.Length == 0 ? "nothing" : list;
    }

    private static CamfxException Refused(OnnxSession session, string what) => new(ExitCode.Failed, $"The model '{session.Path}' {what}.");
}
