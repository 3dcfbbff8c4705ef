using System.Runtime.InteropServices;
using System.Text;

namespace Camfx.Frames.Queue.Wire;

/// <summary>Why the consumer gets no queue: a sentence in UTF-8. 256 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RefusedMessage
{
    public const int MaxText = 240;

    public MessageKind Kind;
    public uint Version;
    public uint Reserved;
    public uint Length;
    public fixed byte Text[MaxText];

    public static RefusedMessage Of(string reason)
    {
        var message = new RefusedMessage { Kind = MessageKind.Refused, Version = WireFormat.Version };
        Encoding.UTF8.GetEncoder().Convert(reason, new Span<byte>(message.Text, MaxText), flush: true, out _, out int used, out _);
        message.Length = (uint)used;
        return message;
    }

    /// <summary>The sentence, as far as the other side's numbers allow.</summary>
    public string Reason()
    {
        fixed (byte* text = Text) return Encoding.UTF8.GetString(text, (int)Math.Min(Length, MaxText));
    }
}
