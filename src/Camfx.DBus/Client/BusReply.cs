namespace Camfx.DBus;

/// <summary>How a call ended: with a value or with an error.</summary>
/// <typeparam name="T">What the method answers; a tuple for several values.</typeparam>
public readonly struct BusReply<T>
{
    private readonly T _value;

    private BusReply(T value, BusException? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Why it failed; null when it succeeded.</summary>
    public BusException? Error { get; }

    /// <summary>The answer.</summary>
    /// <exception cref="BusException">The call failed.</exception>
    public T Value => Error is null ? _value : throw Error;

    /// <summary>Reads a reply.</summary>
    /// <param name="reply">What came.</param>
    /// <param name="read">Reads the values of one that succeeded.</param>
    public static BusReply<T> From(BusMessage reply, Func<MessageReader, T> read)
    {
        if (reply.Error is { } error) return new(default!, error);
        MessageReader reader = reply.Read();
        try
        {
            return new(read(reader), null);
        }
        catch (BusException wrong)
        {
            reader.CloseDescriptors();
            return new(default!, wrong);
        }
    }
}
