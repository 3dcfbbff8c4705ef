using Camfx.Frames;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>Who is in front, as a neural network sees it.</summary>
/// <remarks>Thread-bound. After the first picture of a size nothing is allocated.</remarks>
internal sealed class OnnxSegmenter : ISegmenter
{
    private readonly Network _network;
    private readonly ModelManifest _manifest;
    private PictureTensor? _input;
    private MaskTensor? _output;
    private SceneCut? _cut;

    private OnnxSegmenter(Network network, ModelManifest manifest)
    {
        _network = network;
        _manifest = manifest;
    }

    /// <summary>The network.</summary>
    public Network Network => _network;

    /// <summary>How often its states were forgotten: at the first picture and at each cut.</summary>
    public long Resets { get; private set; }

    /// <summary>Why its last mask must not be used; null: it may.</summary>
    public string? Problem { get; private set; }

    /// <summary>Loads a model.</summary>
    /// <exception cref="CamfxException">ONNX Runtime is missing, or the model cannot be used; the sentence says what to do.</exception>
    public static OnnxSegmenter Open(Model model, OnnxSessionOptions options) => new(Network.Open(model, options), model.ReadManifest());

    /// <summary>Looks at one picture.</summary>
    /// <param name="picture">I420 of any size.</param>
    /// <param name="mask">Gray8 of any size: 255 is in front, 0 behind. Every pixel is written.</param>
    public void Segment(in FrameView picture, in FrameView mask)
    {
        if (_input is null || !_input.Takes(picture)) Prepare(picture);
        if (_output is null || (_output.Width, _output.Height) != (mask.Width, mask.Height))
        {
            _output?.Dispose();
            _output = new MaskTensor(_network.Mask, _network.Grid, _manifest.Output, _network.Shape, _input!.Area, mask.Width, mask.Height);
        }

        if (_cut is not null && _cut.Look(picture))
        {
            _network.Reset();
            Resets++;
        }

        _input!.Write(picture);
        try
        {
            _network.Run();
            Problem = null;
        }
        catch (OnnxException failure)
        {
            Problem = failure.Message;
            return;
        }

        _output.Read(mask);
    }

    public void Dispose()
    {
        _input?.Dispose();
        _output?.Dispose();
        _cut?.Dispose();
        _network.Dispose();
    }

    private void Prepare(in FrameView picture)
    {
        _input?.Dispose();
        _output?.Dispose();
        _output = null;
        _cut?.Dispose();
        _input = new PictureTensor(_network.Picture, _network.Shape, _manifest.Input, picture);
        _cut = _network.HasStates ? new SceneCut(picture.Width, picture.Height) : null;
    }
}
