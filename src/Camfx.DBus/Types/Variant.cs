using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>A value that carries its own type (D-Bus type v). Immutable.</summary>
public sealed class Variant
{
    private readonly BusType? _type;

    private Variant(BusType? type, string signature, object value)
    {
        _type = type;
        Signature = signature;
        Value = value;
    }

    /// <summary>The value's D-Bus type, e.g. "u".</summary>
    public string Signature { get; }

    /// <summary>
    /// The value: byte, bool, short, ushort, int, uint, long, ulong, double, string, <see cref="ObjectPath"/>, <see cref="BusSignature"/>,
    /// <see cref="FileDescriptor"/>, <see cref="Variant"/>; for a received array or structure an array of these.
    /// </summary>
    public object Value { get; }

    /// <summary>Makes one of any type.</summary>
    public static Variant Of<T>(BusType<T> type, T value)
        where T : notnull => new(type, type.Signature, value);

    /// <summary>A text (s).</summary>
    public static implicit operator Variant(string value) => Of(BusType.String, value);

    /// <summary>A truth value (b).</summary>
    public static implicit operator Variant(bool value) => Of(BusType.Boolean, value);

    /// <summary>A number (i).</summary>
    public static implicit operator Variant(int value) => Of(BusType.Int32, value);

    /// <summary>A number (u).</summary>
    public static implicit operator Variant(uint value) => Of(BusType.UInt32, value);

    /// <summary>A number (x).</summary>
    public static implicit operator Variant(long value) => Of(BusType.Int64, value);

    /// <summary>A number (t).</summary>
    public static implicit operator Variant(ulong value) => Of(BusType.UInt64, value);

    /// <summary>A number (d).</summary>
    public static implicit operator Variant(double value) => Of(BusType.Double, value);

    /// <summary>The value as a type.</summary>
    /// <exception cref="BusException">InvalidArgs: it is of another type.</exception>
    public T Get<T>(BusType<T> type)
    {
        if (Value is T already && type.Signature == Signature) return already;
        if (type.Signature != Signature)
            throw new BusException(BusErrors.InvalidArgs, $"A value of type '{type.Signature}' was expected, not '{Signature}'.");
        return type.FromTree(Value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Signature} {Value}";

    internal static Variant Received(string signature, object value) => new(BusType.Basic(signature), signature, value);

    internal void Write(MessageWriter writer)
    {
        writer.Open('v', Signature);
        if (_type is not null) _type.WriteBoxed(writer, Value);
        else ValueTree.Write(writer, Signature, Value);
        writer.Close();
    }
}
