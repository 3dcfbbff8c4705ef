using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>The engine <c>onnx</c>: segmenters of one model.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OnnxSegmenters : ISegmenters, IDisposable
{
    private readonly Model _model;
    private readonly OnnxSessionOptions _options;

    // Made to see whether it works; whoever asks first gets it.
    private OnnxSegmenter? _first;

    /// <summary>Loads the model.</summary>
    /// <exception cref="CamfxException">ONNX Runtime is missing, or the model cannot be used; the sentence says what to do.</exception>
    public OnnxSegmenters(Model model, OnnxSessionOptions options)
    {
        _model = model;
        _options = options;
        _first = OnnxSegmenter.Open(model, options);
    }

    public ISegmenter Make(string source, int width, int height) => Interlocked.Exchange(ref _first, null) ?? OnnxSegmenter.Open(_model, _options);

    public void Dispose() => Interlocked.Exchange(ref _first, null)?.Dispose();
}
