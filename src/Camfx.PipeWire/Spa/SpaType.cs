namespace Camfx.PipeWire.Spa;

/// <summary>The type word of a POD: the basic types of <c>enum spa_type</c> (spa/utils/type.h).</summary>
internal enum SpaType : uint
{
    /// <summary>No type: what an empty reader reports.</summary>
    Invalid = 0,

    /// <summary>No value; stands for "parameter cleared".</summary>
    None = 1,

    /// <summary>32-bit 0 or 1.</summary>
    Bool,

    /// <summary>32-bit member of an enumeration.</summary>
    Id,

    /// <summary>Signed 32-bit.</summary>
    Int,

    /// <summary>Signed 64-bit.</summary>
    Long,

    /// <summary>IEEE 754 binary32.</summary>
    Float,

    /// <summary>IEEE 754 binary64.</summary>
    Double,

    /// <summary>UTF-8 with its closing zero, which the size counts.</summary>
    String,

    /// <summary>Bytes without meaning.</summary>
    Bytes,

    /// <summary>Two 32-bit words: width, height.</summary>
    Rectangle,

    /// <summary>Two 32-bit words: numerator, denominator.</summary>
    Fraction,

    /// <summary>Bits.</summary>
    Bitmap,

    /// <summary>Values of one type, without headers of their own.</summary>
    Array,

    /// <summary>PODs one behind the other.</summary>
    Struct,

    /// <summary>Object type and id, then properties.</summary>
    Object,

    /// <summary>Timed controls.</summary>
    Sequence,

    /// <summary>An address, meaningful only inside one process.</summary>
    Pointer,

    /// <summary>Index of a file descriptor passed beside the message.</summary>
    Fd,

    /// <summary>A set of possible values: <see cref="SpaChoice"/>.</summary>
    Choice,
}
