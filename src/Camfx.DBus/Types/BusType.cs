using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>How a C# type goes over the bus: its signature, and reading and writing. One value per type, combined as D-Bus combines them.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class BusType
{
    private protected BusType(string signature) => Signature = signature;

    /// <summary>y</summary>
    public static BusType<byte> Byte { get; } = new BasicType<byte>('y', static (w, v) => w.Write(v), static r => r.ReadByte());

    /// <summary>b</summary>
    public static BusType<bool> Boolean { get; } = new BasicType<bool>('b', static (w, v) => w.Write(v), static r => r.ReadBoolean());

    /// <summary>n</summary>
    public static BusType<short> Int16 { get; } = new BasicType<short>('n', static (w, v) => w.Write(v), static r => r.ReadInt16());

    /// <summary>q</summary>
    public static BusType<ushort> UInt16 { get; } = new BasicType<ushort>('q', static (w, v) => w.Write(v), static r => r.ReadUInt16());

    /// <summary>i</summary>
    public static BusType<int> Int32 { get; } = new BasicType<int>('i', static (w, v) => w.Write(v), static r => r.ReadInt32());

    /// <summary>u</summary>
    public static BusType<uint> UInt32 { get; } = new BasicType<uint>('u', static (w, v) => w.Write(v), static r => r.ReadUInt32());

    /// <summary>x</summary>
    public static BusType<long> Int64 { get; } = new BasicType<long>('x', static (w, v) => w.Write(v), static r => r.ReadInt64());

    /// <summary>t</summary>
    public static BusType<ulong> UInt64 { get; } = new BasicType<ulong>('t', static (w, v) => w.Write(v), static r => r.ReadUInt64());

    /// <summary>d</summary>
    public static BusType<double> Double { get; } = new BasicType<double>('d', static (w, v) => w.Write(v), static r => r.ReadDouble());

    /// <summary>s</summary>
    public static BusType<string> String { get; } = new BasicType<string>('s', static (w, v) => w.Write(v), static r => r.ReadString());

    /// <summary>o</summary>
    public static BusType<ObjectPath> ObjectPath { get; } = new BasicType<ObjectPath>('o', static (w, v) => w.Write(v), static r => r.ReadObjectPath());

    /// <summary>g</summary>
    public static BusType<BusSignature> BusSignature { get; } =
        new BasicType<BusSignature>('g', static (w, v) => w.Write(v), static r => r.ReadSignature());

    /// <summary>h: what is written is duplicated, what is read belongs to the reader.</summary>
    public static BusType<FileDescriptor> Descriptor { get; } =
        new BasicType<FileDescriptor>('h', static (w, v) => w.Write(v), static r => r.ReadDescriptor());

    /// <summary>v</summary>
    public static BusType<Variant> Variant { get; } = new BasicType<Variant>('v', static (w, v) => v.Write(w), static r => r.ReadVariant());

    /// <summary>a{sv}: what D-Bus passes where more may come later.</summary>
    public static BusType<IReadOnlyDictionary<string, Variant>> Options { get; } = Dictionary(String, Variant);

    /// <summary>The signature of one complete type.</summary>
    public string Signature { get; }

    /// <summary>Any number of one type, in order.</summary>
    public static BusType<T[]> Array<T>(BusType<T> element) => new ArrayType<T>(element);

    /// <summary>Values by key; a key that comes twice keeps the last value.</summary>
    public static BusType<IReadOnlyDictionary<TKey, TValue>> Dictionary<TKey, TValue>(BusType<TKey> key, BusType<TValue> value)
        where TKey : notnull => new DictionaryType<TKey, TValue>(key, value);

    /// <summary>A structure of two.</summary>
    public static BusType<(T1, T2)> Struct<T1, T2>(BusType<T1> a, BusType<T2> b) => new StructType<T1, T2>(a, b);

    /// <summary>A structure of three.</summary>
    public static BusType<(T1, T2, T3)> Struct<T1, T2, T3>(BusType<T1> a, BusType<T2> b, BusType<T3> c) => new StructType<T1, T2, T3>(a, b, c);

    /// <summary>A structure of four.</summary>
    public static BusType<(T1, T2, T3, T4)> Struct<T1, T2, T3, T4>(BusType<T1> a, BusType<T2> b, BusType<T3> c, BusType<T4> d) =>
        new StructType<T1, T2, T3, T4>(a, b, c, d);

    /// <summary>The type of a signature of one letter; null for another.</summary>
    internal static BusType? Basic(string signature) => signature switch
    {
        "y" => Byte,
        "b" => Boolean,
        "n" => Int16,
        "q" => UInt16,
        "i" => Int32,
        "u" => UInt32,
        "x" => Int64,
        "t" => UInt64,
        "d" => Double,
        "s" => String,
        "o" => ObjectPath,
        "g" => BusSignature,
        "h" => Descriptor,
        "v" => Variant,
        _ => null,
    };

    internal abstract void WriteBoxed(MessageWriter writer, object value);

    internal abstract object ReadBoxed(MessageReader reader);
}
