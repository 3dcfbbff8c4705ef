using Camfx.Analysis.Onnx;
using Camfx.Models;
using Camfx.Onnx;
using Camfx.Onnx.Tests.Models;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>Models that a test has written, with their manifests.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelFolder() => Environment.SetEnvironmentVariable(OnnxRuntime.PathVariable, TestRuntime.Path);

    public string Path => _folder.Path;

    /// <summary>Writes a model and what its manifest says.</summary>
    /// <returns>The model's path.</returns>
    public string Write(ModelWriter model, string? manifest = null, string name = "test")
    {
        string path = _folder.File(name + ".onnx");
        File.WriteAllBytes(path, model.ToArray());
        string beside = _folder.File(name + ".json");
        if (manifest is not null) File.WriteAllText(beside, manifest);
        else File.Delete(beside);
        return path;
    }

    public OnnxSegmenter Open(ModelWriter model, string? manifest = null) => OnnxSegmenter.Open(Model.OfFile(Write(model, manifest)), new OnnxSessionOptions());

    public void Dispose() => _folder.Dispose();
}
