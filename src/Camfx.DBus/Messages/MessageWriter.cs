using System.Text;
using Camfx.DBus.Interop;
using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>Appends arguments to a message. Compound types: <see cref="BusType{T}.Write"/>, or open and close their containers here.</summary>
/// <remarks>Thread-bound. Every member throws <see cref="BusException"/> when the value cannot be sent.</remarks>
public readonly unsafe struct MessageWriter
{
    private readonly BusMessage _message;

    internal MessageWriter(BusMessage message) => _message = message;

    /// <summary>y</summary>
    public void Write(byte value) => Append('y', &value);

    /// <summary>b</summary>
    public void Write(bool value)
    {
        int number = value ? 1 : 0;
        Append('b', &number);
    }

    /// <summary>n</summary>
    public void Write(short value) => Append('n', &value);

    /// <summary>q</summary>
    public void Write(ushort value) => Append('q', &value);

    /// <summary>i</summary>
    public void Write(int value) => Append('i', &value);

    /// <summary>u</summary>
    public void Write(uint value) => Append('u', &value);

    /// <summary>x</summary>
    public void Write(long value) => Append('x', &value);

    /// <summary>t</summary>
    public void Write(ulong value) => Append('t', &value);

    /// <summary>d</summary>
    public void Write(double value) => Append('d', &value);

    /// <summary>s; without a zero character.</summary>
    public void Write(string value) => AppendText('s', value);

    /// <summary>o</summary>
    public void Write(ObjectPath value) => AppendText('o', value.Text);

    /// <summary>g</summary>
    public void Write(BusSignature value) => AppendText('g', value.Text);

    /// <summary>h: a duplicate is sent.</summary>
    public void Write(FileDescriptor value)
    {
        int number = value.Number;
        Append('h', &number);
        GC.KeepAlive(value);
    }

    /// <summary>v</summary>
    public void Write(Variant value) => value.Write(this);

    /// <summary>ay</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        fixed (byte* first = value)
            Negative.Check(Libsystemd.sd_bus_message_append_array(_message.Handle, (byte)'y', first, (nuint)value.Length), "append bytes to a message");
    }

    /// <summary>Begins a container: 'a' with its element's type, 'r' (structure) or 'e' (dictionary entry) with its fields, 'v' with the value's type.</summary>
    public void Open(char container, string contents) =>
        Negative.Check(Libsystemd.sd_bus_message_open_container(_message.Handle, (byte)container, contents), $"begin '{contents}' in a message");

    /// <summary>Ends the container that was begun last.</summary>
    public void Close() => Negative.Check(Libsystemd.sd_bus_message_close_container(_message.Handle), "end a container in a message");

    private void Append(char type, void* value) =>
        Negative.Check(Libsystemd.sd_bus_message_append_basic(_message.Handle, (byte)type, value), $"append a value of type '{type}' to a message");

    private void AppendText(char type, string value)
    {
        // The library would cut at the zero without a word.
        if (value.Contains('\0', StringComparison.Ordinal)) throw new BusException(BusErrors.InvalidArgs, "A text with a zero character cannot be sent.");
        byte[] text = Encoding.UTF8.GetBytes(value + "\0");
        fixed (byte* first = text) Append(type, first);
    }
}
