using System.Text;

namespace Camfx.V4L2.Fake;

/// <summary>Texts in fields of fixed length.</summary>
internal static unsafe class FakeText
{
    internal static void Put(byte* field, int length, string text)
    {
        var span = new Span<byte>(field, length);
        span.Clear();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, length - 1)).CopyTo(span);
    }
}
