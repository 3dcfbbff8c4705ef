namespace Camfx.DBus;

/// <summary>A call of a method that answers nothing but that it is done.</summary>
public sealed class MethodCall : IncomingCall
{
    /// <summary>Takes a call over.</summary>
    public MethodCall(IncomingCall call)
        : base(call)
    {
    }

    /// <summary>Answers that it is done.</summary>
    /// <exception cref="InvalidOperationException">It was answered already.</exception>
    public void Reply() => Answer(write: null);
}
