namespace Camfx.DBus;

/// <summary>A type of one letter.</summary>
internal sealed class BasicType<T>(char code, Action<MessageWriter, T> write, Func<MessageReader, T> read) : BusType<T>(code.ToString())
{
    public override void Write(MessageWriter writer, T value) => write(writer, value);

    public override T Read(MessageReader reader) => read(reader);
}
