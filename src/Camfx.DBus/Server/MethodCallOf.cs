namespace Camfx.DBus;

#pragma warning disable MA0048 // The generic half of MethodCall.
/// <summary>A call of a method that answers a value.</summary>
/// <typeparam name="T">What it answers; a tuple for several values.</typeparam>
public sealed class MethodCall<T> : IncomingCall
{
    private readonly Action<MessageWriter, T> _write;

    /// <summary>Takes a call over.</summary>
    /// <param name="call">The call.</param>
    /// <param name="write">Writes the answer.</param>
    public MethodCall(IncomingCall call, Action<MessageWriter, T> write)
        : base(call) => _write = write;

    /// <summary>Answers.</summary>
    /// <exception cref="InvalidOperationException">It was answered already.</exception>
    /// <exception cref="BusException">The value cannot be sent; the call can still be answered with an error.</exception>
    public void Reply(T value) => Answer(writer => _write(writer, value));
}
