namespace Camfx.Onnx;

/// <summary>What a tensor is made of: ONNXTensorElementDataType. Only <see cref="Float"/> is ever filled by camfx; the others can be named.</summary>
public enum OnnxElement
{
    /// <summary>Not a tensor, or one of a kind that has no name here.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>Bytes.</summary>
    UInt8 = 2,

    /// <summary>Signed bytes.</summary>
    Int8 = 3,

    /// <summary>32-bit integers.</summary>
    Int32 = 6,

    /// <summary>64-bit integers.</summary>
    Int64 = 7,

    /// <summary>16-bit floating point.</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Double = 11,
}
