namespace Camfx.DBus;

#pragma warning disable MA0048 // The generic half of BusType.
/// <summary>How values of <typeparamref name="T"/> go over the bus.</summary>
/// <typeparam name="T">The C# type.</typeparam>
public abstract class BusType<T> : BusType
{
    private protected BusType(string signature)
        : base(signature)
    {
    }

    /// <summary>Appends a value to a message that is being written.</summary>
    public abstract void Write(MessageWriter writer, T value);

    /// <summary>Takes the next value out of a message.</summary>
    /// <exception cref="BusException">InvalidArgs: the next value is of another type, or there are too many.</exception>
    public abstract T Read(MessageReader reader);

    /// <summary>Whether two values are the same to a receiver.</summary>
    public virtual bool Same(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    internal virtual T FromTree(object tree) => (T)tree;

    internal override void WriteBoxed(MessageWriter writer, object value) => Write(writer, value is T same ? same : FromTree(value));

    internal override object ReadBoxed(MessageReader reader) => Read(reader)!;
}
