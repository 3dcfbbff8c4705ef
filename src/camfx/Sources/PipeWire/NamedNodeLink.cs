using Camfx.PipeWire;
using Camfx.Posix;

namespace Camfx.Sources.PipeWire;

/// <summary>The way to a node by its name, over a connection of our own; it outlives every restart of PipeWire.</summary>
/// <param name="options">Which node.</param>
internal sealed class NamedNodeLink(NodeCaptureOptions options) : NodeLink("camfx node")
{
    /// <summary>Until the next try where no folder can be watched, and between bind and listen of a daemon that begins, ns.</summary>
    private const long Pause = 500_000_000;

    protected override string Noun => $"the node '{options.Target}'";

    protected override void Follow()
    {
        string socket = options.Socket ?? NodeCapture.DefaultSocket;
        while (!HasEnded)
        {
            // Made before the try: a daemon that comes right after it is not missed.
            using FolderWatch? watch = Watch(Path.GetDirectoryName(socket)!);
            if (Stay(options) is not { } reason) return;
            Say($"{reason}.");
            Sleep(watch, System.IO.File.Exists(socket) || watch is null ? Pause : Poll.NoTimeout);
        }
    }

    private static FolderWatch? Watch(string folder)
    {
        try
        {
            return FolderWatch.Create(folder);
        }
        catch (PosixException)
        {
            return null; // It is not there yet, or this user has no watch left.
        }
    }

    private void Sleep(FolderWatch? watch, long pause)
    {
        Span<PollDescriptor> descriptors =
            [new PollDescriptor(End.Descriptor, PollEvents.Readable), new PollDescriptor(watch?.Descriptor ?? End.Descriptor, PollEvents.Readable)];
        _ = Poll.Wait(descriptors, pause);
    }
}
