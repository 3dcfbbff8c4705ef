using Camfx.DBus.Interop;
using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>
/// Takes arguments out of a message, in order. What comes from the bus is not trusted: a value of another type, more than
/// <see cref="MostValues"/> values or variants deeper than <see cref="DeepestVariant"/> end the reading with InvalidArgs.
/// </summary>
/// <remarks>Thread-bound. Compound types: <see cref="BusType{T}.Read"/>.</remarks>
public sealed unsafe class MessageReader
{
    /// <summary>Values and containers that one message may have.</summary>
    public const int MostValues = 65536;

    /// <summary>Variants inside variants that one message may have.</summary>
    public const int DeepestVariant = 16;

    private readonly BusMessage _message;
    private readonly List<FileDescriptor> _descriptors = [];
    private int _left = MostValues;
    private int _variants;

    internal MessageReader(BusMessage message)
    {
        _message = message;
        Negative.Check(Libsystemd.sd_bus_message_rewind(message.Handle, 1), "read a message from its beginning");
    }

    /// <summary>Whether the current container, or the message, has no further value.</summary>
    public bool AtEnd => Negative.Check(Libsystemd.sd_bus_message_at_end(_message.Handle, 0), "look at a message") > 0;

    /// <summary>y</summary>
    public byte ReadByte() => Take<byte>('y');

    /// <summary>b</summary>
    public bool ReadBoolean() => Take<int>('b') != 0;

    /// <summary>n</summary>
    public short ReadInt16() => Take<short>('n');

    /// <summary>q</summary>
    public ushort ReadUInt16() => Take<ushort>('q');

    /// <summary>i</summary>
    public int ReadInt32() => Take<int>('i');

    /// <summary>u</summary>
    public uint ReadUInt32() => Take<uint>('u');

    /// <summary>x</summary>
    public long ReadInt64() => Take<long>('x');

    /// <summary>t</summary>
    public ulong ReadUInt64() => Take<ulong>('t');

    /// <summary>d</summary>
    public double ReadDouble() => Take<double>('d');

    /// <summary>s</summary>
    public string ReadString() => TakeText('s');

    /// <summary>o</summary>
    public ObjectPath ReadObjectPath() => ObjectPath.Checked(TakeText('o'));

    /// <summary>g</summary>
    public BusSignature ReadSignature() => new(TakeText('g'));

    /// <summary>h: a descriptor of the reader's own, close-on-exec.</summary>
    public FileDescriptor ReadDescriptor()
    {
        // The number is the message's and is closed with it.
        using FileDescriptor borrowed = new(Take<int>('h'), owned: false);
        FileDescriptor own = borrowed.Duplicate();
        _descriptors.Add(own);
        return own;
    }

    /// <summary>Closes every descriptor that was read: nobody took them over.</summary>
    public void CloseDescriptors()
    {
        foreach (FileDescriptor descriptor in _descriptors) descriptor.Dispose();
        _descriptors.Clear();
    }

    /// <summary>v</summary>
    public Variant ReadVariant()
    {
        if (++_variants > DeepestVariant)
            throw new BusException(BusErrors.InvalidArgs, $"Variants may lie {DeepestVariant} deep in each other, not deeper.");
        string signature = PeekContents('v');
        Enter('v', signature);
        object value = ValueTree.Read(this, signature);
        Exit();
        _variants--;
        return Variant.Received(signature, value);
    }

    /// <summary>ay</summary>
    public byte[] ReadBytes()
    {
        Count();
        void* first;
        nuint size;
        Expect(Libsystemd.sd_bus_message_read_array(_message.Handle, (byte)'y', &first, &size), "ay");
        return new ReadOnlySpan<byte>(first, (int)size).ToArray();
    }

    /// <summary>Enters a container; the letters are those of <see cref="MessageWriter.Open"/>.</summary>
    public void Enter(char container, string contents)
    {
        Count();
        Expect(Libsystemd.sd_bus_message_enter_container(_message.Handle, (byte)container, contents), contents);
    }

    /// <summary>Leaves a container whose values were all read.</summary>
    public void Exit() => Expect(Libsystemd.sd_bus_message_exit_container(_message.Handle), "the end of a container");

    /// <summary>What a container that comes next contains.</summary>
    private string PeekContents(char container)
    {
        byte type;
        byte* contents;
        Expect(Libsystemd.sd_bus_message_peek_type(_message.Handle, &type, &contents), container.ToString());
        if (type != (byte)container) Expect(0, container.ToString());
        return BusMessage.Text(contents);
    }

    private void Take(char type, void* value)
    {
        Count();
        Expect(Libsystemd.sd_bus_message_read_basic(_message.Handle, (byte)type, value), type.ToString());
    }

    private T Take<T>(char type)
        where T : unmanaged
    {
        T value;
        Take(type, &value);
        return value;
    }

    private string TakeText(char type)
    {
        byte* text;
        Take(type, &text);
        return BusMessage.Text(text);
    }

    private void Count()
    {
        if (--_left < 0) throw new BusException(BusErrors.InvalidArgs, $"A message may have {MostValues} values, this one has more.");
    }

    // Zero is the end of the container, -ENXIO another type.
    private static void Expect(int result, string what)
    {
        if (result <= 0) throw new BusException(BusErrors.InvalidArgs, $"The message has something else where '{what}' was expected.");
    }
}
