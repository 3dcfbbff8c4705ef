using System.Runtime.InteropServices;
using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>A message, received or to be sent. It holds memory of the connection: dispose it on the connection's thread.</summary>
/// <remarks>Thread-bound to its connection. A forgotten one is freed by the connection later.</remarks>
public sealed unsafe class BusMessage : IDisposable
{
    private readonly MessageHandle _message;

    internal BusMessage(ReleaseQueue release, sd_bus_message* message) => _message = new MessageHandle(release, message);

    /// <summary>What it is.</summary>
    public BusMessageKind Kind
    {
        get
        {
            byte kind;
            Negative.Check(Libsystemd.sd_bus_message_get_type(Handle, &kind), "look at a message");
            return (BusMessageKind)kind;
        }
    }

    /// <summary>The unique name of who sent it; empty for one of our own.</summary>
    public string Sender => Text(Libsystemd.sd_bus_message_get_sender(Handle));

    /// <summary>The object; empty for a reply.</summary>
    public string Path => Text(Libsystemd.sd_bus_message_get_path(Handle));

    /// <summary>The interface; may be empty for a call.</summary>
    public string Interface => Text(Libsystemd.sd_bus_message_get_interface(Handle));

    /// <summary>The method or signal; empty for a reply.</summary>
    public string Member => Text(Libsystemd.sd_bus_message_get_member(Handle));

    /// <summary>The types of its arguments.</summary>
    public string Signature => Text(Libsystemd.sd_bus_message_get_signature(Handle, 1));

    /// <summary>The error of an error reply; null for another message.</summary>
    public BusException? Error
    {
        get
        {
            if (Kind != BusMessageKind.Error) return null;
            sd_bus_error* error = Libsystemd.sd_bus_message_get_error(Handle);
            string name = error is null ? BusErrors.Failed : Text(error->name);
            string text = error is null ? "" : Text(error->message);
            return new BusException(name, text.Length > 0 ? text : $"The call failed with {name}.");
        }
    }

    /// <summary>Whether the caller waits for polkit to ask a person (ALLOW_INTERACTIVE_AUTHORIZATION). Set it on a call of one's own.</summary>
    public bool AllowInteraction
    {
        get => Libsystemd.sd_bus_message_get_allow_interactive_authorization(Handle) > 0;
        set => Negative.Check(Libsystemd.sd_bus_message_set_allow_interactive_authorization(Handle, value ? 1 : 0), "mark a message");
    }

    /// <summary>Appends arguments.</summary>
    public MessageWriter Writer => new(this);

    internal sd_bus_message* Handle => _message.Pointer;

    internal ulong Cookie
    {
        get
        {
            ulong cookie;
            Negative.Check(Libsystemd.sd_bus_message_get_cookie(Handle, &cookie), "look at a message");
            return cookie;
        }
    }

    /// <summary>Begins to read its arguments, from the first.</summary>
    public MessageReader Read() => new(this);

    /// <summary>Does not start a service for this call (NO_AUTO_START).</summary>
    public void NeverStart() => Negative.Check(Libsystemd.sd_bus_message_set_auto_start(Handle, 0), "mark a message");

    /// <summary>Sends a signal to one connection instead of to everybody who listens.</summary>
    public void SendOnlyTo(string name) => Negative.Check(Libsystemd.sd_bus_message_set_destination(Handle, name), "address a message");

    /// <summary>Frees it. Further calls do nothing.</summary>
    public void Dispose() => _message.Dispose();

    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
