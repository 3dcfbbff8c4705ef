namespace Camfx.Onnx;

/// <summary>What a network is computed on.</summary>
public enum OnnxProvider
{
    /// <summary>The graphics card where the library was built for it and it works, else the processor.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA card; the processor, with the reason kept, where that cannot be had.</summary>
    Cuda,
}
