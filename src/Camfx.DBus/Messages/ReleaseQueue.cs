using System.Collections.Concurrent;
using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>Messages that were forgotten, until the connection's thread frees them.</summary>
internal sealed unsafe class ReleaseQueue
{
    private readonly ConcurrentQueue<nint> _messages = new();

    public void Add(sd_bus_message* message) => _messages.Enqueue((nint)message);

    public void Drain()
    {
        while (_messages.TryDequeue(out nint message)) Libsystemd.sd_bus_message_unref((sd_bus_message*)message);
    }
}
