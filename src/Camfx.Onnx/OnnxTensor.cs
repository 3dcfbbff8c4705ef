using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Camfx.Onnx;

/// <summary>Floats in memory of camfx's own that ONNX Runtime reads and writes where they lie.</summary>
/// <remarks>Thread-bound to whoever runs it. It must outlive the runs it is part of.</remarks>
public sealed unsafe class OnnxTensor : IDisposable
{
    // What the widest vector instructions like best.
    private const nuint Alignment = 64;

    private readonly OnnxRuntime _runtime;

    internal OnnxTensor(OnnxRuntime runtime, ImmutableArray<long> shape)
    {
        long count = 1;
        foreach (long dimension in shape) count = checked(count * dimension);
        if (count is < 1 or > 1 << 28)
            throw new OnnxException($"A tensor of {OnnxValueInfo.Describe(shape)} numbers cannot be made; the model's manifest names a size that is too small or too large.");
        _runtime = runtime;
        Shape = shape;
        Count = (int)count;
        nuint bytes = (nuint)Count * sizeof(float);
        Data = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        Clear();
        nint value;
        fixed (long* dimensions = shape.AsSpan())
        {
            runtime.Check(
                runtime.Api->CreateTensorWithDataAsOrtValue(
                    runtime.Memory, Data, bytes, dimensions, (nuint)shape.Length, (int)OnnxElement.Float, &value),
                "A tensor could not be made");
        }

        Value = value;
    }

    /// <summary>Its dimensions, all of them known.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>How many floats there are.</summary>
    public int Count { get; }

    /// <summary>The floats, the last dimension running fastest; aligned to 64 bytes.</summary>
    public float* Data { get; private set; }

    /// <summary>The floats.</summary>
    public Span<float> Span => new(Data, Count);

    internal nint Value { get; private set; }

    /// <summary>Makes all of it zero.</summary>
    public void Clear() => Span.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Data == null) return;
        _runtime.Api->ReleaseValue(Value);
        NativeMemory.AlignedFree(Data);
        Value = 0;
        Data = null;
    }
}
