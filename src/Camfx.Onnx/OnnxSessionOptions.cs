namespace Camfx.Onnx;

/// <summary>How a network is computed.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>Threads that work on one operation, the caller's among them. More than two rarely help networks of this size, and a camera shares its machine.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>What it is computed on.</summary>
    public OnnxProvider Provider { get; init; } = OnnxProvider.Auto;
}
