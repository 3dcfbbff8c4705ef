using Camfx.DBus;
using Camfx.Frames;
using Camfx.Posix;
using Camfx.Sinks.Queue;

namespace Camfx.Service.Objects;

/// <summary>Answers OpenQueue.</summary>
internal static class QueueCalls
{
    public static void Open(
        MethodCall<(FileDescriptor Queue, FileDescriptor Control, IReadOnlyDictionary<string, Variant> Properties)> call, CameraSession session, string format, int processId)
    {
        PassedQueue? queue = null;
        try
        {
            queue = session.OpenQueue(Format(format), NameOf(processId), processId);
            FrameLayout layout = queue.Layout;
            call.Reply((queue.Memory, queue.Control, new Dictionary<string, Variant>(StringComparer.Ordinal)
            {
                ["socket"] = Variant.Of(BusType.Descriptor, queue.Peer),
                ["width"] = (uint)layout.Width,
                ["height"] = (uint)layout.Height,
                ["format"] = format,
                ["fps"] = session.Camera!.Options.Mode.FrameRate.PerSecond,
            }));

            // The answer carries duplicates.
            queue.Passed();
        }
        catch (Exception failure) when (!call.IsAnswered)
        {
            if (queue is not null) session.CloseQueue(queue);
            call.Fail(ServiceErrors.Of(failure));
        }
    }

    private static PixelFormat Format(string code) =>
        code.Length == 4 && code.All(char.IsAscii) ? PixelFormatInfo.FromFourCC(FourCC.Pack(code)) : PixelFormat.Unknown;

    private static string NameOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").TrimEnd('\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
