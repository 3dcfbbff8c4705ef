using System.Collections.Immutable;
using Camfx.Onnx.Interop;

namespace Camfx.Onnx;

/// <summary>A network, ready to run.</summary>
/// <remarks>Thread-safe but for <see cref="Dispose"/>; a run of it belongs to one thread (<see cref="OnnxRun"/>).</remarks>
public sealed unsafe class OnnxSession : IDisposable
{
    private const string Cuda = "CUDAExecutionProvider";

    private readonly SessionHandle _handle;

    private OnnxSession(OnnxRuntime runtime, SessionHandle handle, string path, OnnxProvider provider, string? fallback)
    {
        Runtime = runtime;
        _handle = handle;
        Path = path;
        Provider = provider;
        Fallback = fallback;
        Inputs = ValueInfoReader.Inputs(runtime, Handle);
        Outputs = ValueInfoReader.Outputs(runtime, Handle);
    }

    /// <summary>The library that computes it.</summary>
    public OnnxRuntime Runtime { get; }

    /// <summary>The model's file.</summary>
    public string Path { get; }

    /// <summary>What it is computed on: <see cref="OnnxProvider.Cpu"/> or <see cref="OnnxProvider.Cuda"/>.</summary>
    public OnnxProvider Provider { get; }

    /// <summary>Why it is computed on the processor although more was asked for; null when nothing was refused.</summary>
    public string? Fallback { get; }

    /// <summary>What it takes.</summary>
    public ImmutableArray<OnnxValueInfo> Inputs { get; }

    /// <summary>What it gives.</summary>
    public ImmutableArray<OnnxValueInfo> Outputs { get; }

    internal nint Handle => _handle.DangerousGetHandle();

    /// <summary>Reads a model and makes it ready: seconds for a large one.</summary>
    /// <param name="runtime">The library.</param>
    /// <param name="path">The model's file.</param>
    /// <param name="options">How it is computed.</param>
    /// <exception cref="OnnxException">It is not there, damaged, or needs what this library has not.</exception>
    public static OnnxSession Open(OnnxRuntime runtime, string path, OnnxSessionOptions options)
    {
        if (!File.Exists(path)) throw new OnnxException($"The model '{path}' does not exist; check the path.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        string? refused = null;
        if (WantsCuda(runtime, options.Provider, ref refused))
        {
            using var card = new SessionOptionsHandle(runtime, options.Threads);
            refused = card.UseCuda();
            if (refused is null)
            {
                try
                {
                    return new OnnxSession(runtime, new SessionHandle(runtime, path, card), path, OnnxProvider.Cuda, null);
                }
                catch (OnnxException failure)
                {
                    refused = failure.Message; // A damaged model fails once more below, and is reported then.
                }
            }
        }

        using var processor = new SessionOptionsHandle(runtime, options.Threads);
        return new OnnxSession(runtime, new SessionHandle(runtime, path, processor), path, OnnxProvider.Cpu, refused);
    }

    /// <summary>Memory for an input or output.</summary>
    /// <param name="shape">Its dimensions, none left open. All of it is zero.</param>
    public OnnxTensor CreateTensor(params IEnumerable<long> shape) => new(Runtime, [.. shape]);

    /// <summary>Runs it once on these inputs to see what its outputs look like then: a network may leave that open.</summary>
    /// <param name="inputs">Every input with its name.</param>
    /// <exception cref="OnnxException">The network cannot be run on them.</exception>
    public ImmutableArray<OnnxValueInfo> Try(IReadOnlyList<(string Name, OnnxTensor Tensor)> inputs)
    {
        using var run = new OnnxRun(this, inputs, [.. Outputs.Select(static output => (output.Name, (OnnxTensor?)null))]);
        run.Run();
        var shapes = ImmutableArray.CreateBuilder<OnnxValueInfo>(Outputs.Length);
        for (int i = 0; i < Outputs.Length; i++)
        {
            (OnnxElement element, ImmutableArray<long> shape) = ValueInfoReader.OfValue(Runtime, run.Output(i));
            shapes.Add(new OnnxValueInfo(Outputs[i].Name, element, shape));
        }

        return shapes.DrainToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static bool WantsCuda(OnnxRuntime runtime, OnnxProvider wish, ref string? refused)
    {
        if (wish == OnnxProvider.Cpu) return false;
        if (runtime.Providers.Contains(Cuda)) return true;
        if (wish == OnnxProvider.Cuda) refused = "this ONNX Runtime was built without CUDA";
        return false;
    }
}
