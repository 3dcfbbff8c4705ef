using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>What a message is (the D-Bus specification's message types).</summary>
public enum BusMessageKind : byte
{
    /// <summary>A method is called.</summary>
    Call = Libsystemd.SD_BUS_MESSAGE_METHOD_CALL,

    /// <summary>A call succeeded.</summary>
    Return = Libsystemd.SD_BUS_MESSAGE_METHOD_RETURN,

    /// <summary>A call failed.</summary>
    Error = Libsystemd.SD_BUS_MESSAGE_METHOD_ERROR,

    /// <summary>Something happened.</summary>
    Signal = Libsystemd.SD_BUS_MESSAGE_SIGNAL,
}
