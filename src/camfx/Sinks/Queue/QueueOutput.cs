using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Sinks.Queue;

/// <summary>
/// The output <c>queue</c>: programs of the same user attach to the camera's frame queue at <c>$XDG_RUNTIME_DIR/camfx/queues/NAME</c>
/// (docs/frame-queue.md).
/// </summary>
internal sealed class QueueOutput(CameraOptions options, FormatQueues queues, Demand demand, bool required) : IOutput, IFrameQueueHost
{
    private FrameQueueServer? _server;
    private ImmutableArray<FrameQueueClient> _clients = [];

    public event Action? Changed;

    public string Kind => "queue";

    public string State => _server is null ? "closed" : "listening";

    public string? Problem { get; private set; }

    public string Target { get; private set; } = "";

    public ImmutableArray<Consumer> Consumers => [.. _clients.Select(client => new Consumer(Kind, client.Name, client.ProcessId))];

    public void Start()
    {
        try
        {
            string runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder
                ? folder
                : throw new CamfxException(ExitCode.Failed, "The output 'queue' has no place for its socket: set XDG_RUNTIME_DIR.");
            string path = FrameQueueAddress.PathOf(runtime, options.Name);
            _server = new FrameQueueServer(path, this);
            Target = path;
        }
        catch (PosixException failure)
        {
            Refuse(new CamfxException(
                ExitCode.Failed,
                failure.Errno == Errno.EADDRINUSE
                    ? $"A camera named '{options.Name}' has its queue open already; give this one another --name."
                    : failure.Message,
                failure));
        }
        catch (CamfxException failure)
        {
            Refuse(failure);
        }
    }

    // Consumers wait on the queue itself.
    public void FramePublished()
    {
    }

    public void Dispose() => _server?.Dispose();

    FrameQueueWriter? IFrameQueueHost.Open(uint fourcc, out string refusal)
    {
        PixelFormat format = fourcc == 0 ? PixelFormat.I420 : PixelFormatInfo.FromFourCC(fourcc);
        if (format == PixelFormat.Unknown || !(format == PixelFormat.I420 || Converter.CanConvert(PixelFormat.I420, format)))
        {
            refusal = $"The camera '{options.Name}' has no '{FourCC.ToString(fourcc)}' pictures; ask for YU12, NV12, YUYV or AR24.";
            return null;
        }

        refusal = "";
        FormatQueue queue = queues.Of(format);
        queue.Want();
        return queue.Writer;
    }

    void IFrameQueueHost.Abandoned(FrameQueueWriter queue) => Owner(queue).Unwant();

    void IFrameQueueHost.Attached(FrameQueueClient client)
    {
        _clients = _clients.Add(client);
        demand.Add();
        Changed?.Invoke();
    }

    void IFrameQueueHost.Detached(FrameQueueClient client)
    {
        _clients = _clients.Remove(client);
        demand.Remove();
        Owner(client.Queue).Unwant();
        Changed?.Invoke();
    }

    private FormatQueue Owner(FrameQueueWriter writer) => queues.All.First(queue => queue.Writer == writer);

    /// <summary>An output that was asked for by name must work; one that came with <c>auto</c> says why it does not.</summary>
    private void Refuse(CamfxException failure)
    {
        if (required) throw failure;
        Problem = failure.Message;
    }
}
