namespace Camfx.DBus;

/// <summary>
/// A call failed, or is to fail: the error's name as it goes over the bus, and one sentence. Thrown by a handler it becomes the reply.
/// </summary>
public sealed class BusException(string name, string message) : Exception(message)
{
    /// <summary>The error's name, e.g. <see cref="BusErrors.Busy"/>.</summary>
    public string Name { get; } = name;

    /// <summary>Something in the message or argument is wrong.</summary>
    public static BusException InvalidArgument(string message) => new(BusErrors.InvalidArgument, message);

    /// <summary>There is no such thing.</summary>
    public static BusException NotFound(string message) => new(BusErrors.NotFound, message);

    /// <summary>Somebody else has it.</summary>
    public static BusException Busy(string message) => new(BusErrors.Busy, message);

    /// <summary>The caller may not do this.</summary>
    public static BusException NotPermitted(string message) => new(BusErrors.NotPermitted, message);

    /// <summary>This machine cannot do it.</summary>
    public static BusException Unsupported(string message) => new(BusErrors.Unsupported, message);

    /// <summary>There are as many as there may be.</summary>
    public static BusException LimitReached(string message) => new(BusErrors.LimitReached, message);

    /// <summary>It was tried and went wrong.</summary>
    public static BusException Failed(string message) => new(BusErrors.Failed, message);
}
