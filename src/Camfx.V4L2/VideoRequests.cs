using System.Text;

namespace Camfx.V4L2;

/// <summary>Requests by reference, and the texts in their answers.</summary>
internal static unsafe class VideoRequests
{
    /// <summary>Sends one request.</summary>
    /// <returns>0 or more, or the negative errno value.</returns>
    internal static int Send<T>(this IVideoFile file, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument) return file.Ioctl(request, pointer);
    }

    /// <summary>Sends one request that must succeed.</summary>
    /// <exception cref="VideoException">It did not.</exception>
    internal static int Demand<T>(this IVideoFile file, uint request, ref T argument, string operation)
        where T : unmanaged
    {
        int result = file.Send(request, ref argument);
        return result >= 0 ? result : throw VideoException.FromErrno(-result, operation, file.Path);
    }

    /// <summary>The text in a field of fixed length; a driver may forget the closing zero.</summary>
    internal static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <inheritdoc cref="Text(ReadOnlySpan{byte})"/>
    internal static string Text(byte* field, int length) => Text(new ReadOnlySpan<byte>(field, length));
}
