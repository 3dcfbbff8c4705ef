using Camfx.Analysis;
using Camfx.Analysis.Onnx;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Effects.Segment;

/// <summary>Chooses how the camera finds out who is in front. The picture stays as it is.</summary>
internal sealed class SegmentEffect : ISegmentChoice
{
    private readonly OnnxSegmenters? _network;

    private SegmentEffect(OnnxSegmenters? network) => _network = network;

    public static EffectKind Description { get; } = new(
        "segment", "Chooses how it is found out who is in front; the first one of a chain counts.",
        [
            EffectKey.Word("engine", "plate", ["plate", "onnx"], "plate compares with the empty scene (camfx calibrate), onnx asks a neural network"),
            EffectKey.Text("model", "", "a name of camfx model list, or the path of a file", "the network, for the engine onnx"),
            EffectKey.Number("threads", 2, 1, 64, "threads of the network"),
            EffectKey.Word("provider", "auto", ["auto", "cpu", "cuda"], "what the network is computed on"),
        ],
        Create);

    public bool IsInPlace => true;

    public ISegmenters? Segmenters => _network;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        // What it says is asked for before the first effect is run.
    }

    public void Dispose() => _network?.Dispose();

    private static SegmentEffect Create(EffectValues values, CameraMode mode)
    {
        string model = values.Text("model");
        OnnxSessionOptions options = new()
        {
            Threads = (int)values.Number("threads"),
            Provider = values.Word("provider") switch { "cpu" => OnnxProvider.Cpu, "cuda" => OnnxProvider.Cuda, _ => OnnxProvider.Auto },
        };
        if (values.Word("engine") == "plate")
            return model.Length == 0 ? new SegmentEffect(null) : throw CamfxException.Usage("The engine plate has no model; write segment:engine=onnx,model=….");
        if (model.Length == 0) throw CamfxException.Usage("The engine onnx needs a model; write segment:engine=onnx,model=NAME with a name of 'camfx model list', or a path.");
        return new SegmentEffect(new OnnxSegmenters(Model.Find(model, ModelFolders.All), options));
    }
}
