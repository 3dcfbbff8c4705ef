using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Sinks.Device;

/// <summary>
/// One device that reads one of the camera's queues: the consumer that was made for it, and whether its picture is wanted. Disposing it takes
/// everything back.
/// </summary>
/// <remarks>Thread-bound to the output's thread.</remarks>
internal sealed class DeviceFeed : IDisposable
{
    /// <summary>Descriptors of a call besides dma-bufs: memory, control page, socket. A bus passes twelve safely.</summary>
    private const int MostDmaBufs = 12 - 3;

    private readonly FormatQueue _queue;
    private readonly Demand _demand;
    private readonly RemoteConsumer _consumer;
    private bool _watched;

    private DeviceFeed(FormatQueue queue, Demand demand, RemoteConsumer consumer)
    {
        _queue = queue;
        _demand = demand;
        _consumer = consumer;
    }

    /// <summary>Hangs up when the device lets the queue go, whatever the reason.</summary>
    public FileDescriptor HangUp => _consumer.OwnEnd!;

    /// <summary>Whether an app watches the device: only then frames are rendered for it, and the source is open.</summary>
    public bool IsWatched
    {
        get => _watched;
        set
        {
            if (value == _watched) return;
            _watched = value;
            if (value)
            {
                _queue.Want();
                _demand.Add();
            }
            else
            {
                _demand.Remove();
                _queue.Unwant();
            }
        }
    }

    /// <summary>Gives a device the queue of its format.</summary>
    /// <param name="device">With its properties as they are now.</param>
    /// <param name="queues">The camera's.</param>
    /// <param name="demand">The camera's.</param>
    /// <param name="options">The camera's.</param>
    /// <param name="done">Called once: null when the device shows the queue, else why not. The caller disposes the feed in either case.</param>
    /// <exception cref="CamfxException">The device shows what this camera cannot give.</exception>
    public static DeviceFeed Attach(Device1Proxy device, FormatQueues queues, Demand demand, CameraOptions options, Action<BusException?> done)
    {
        FormatQueue queue = queues.Of(FormatOf(device, options.Mode), DmaBufsFor(device, options.ZeroCopy));
        RemoteConsumer consumer = queue.Writer.AddPassedConsumer((int)Math.Clamp(device.Buffers, 1, 8));
        try
        {
            FileDescriptor[] dmaBufs = options.ZeroCopy == ZeroCopy.Off ? [] : [.. queue.Writer.DmaBufs.Take(MostDmaBufs)];
            Dictionary<string, Variant> wishes = new(StringComparer.Ordinal)
            {
                ["memory"] = options.ZeroCopy switch { ZeroCopy.Force => "zero-copy", ZeroCopy.Off => "copy", _ => "auto" },
                ["socket"] = Variant.Of(BusType.Descriptor, consumer.Peer!),
            };
            device.AttachAsync(queue.Writer.Memory, consumer.Control, dmaBufs, wishes, done);

            // The call carries duplicates: from here on the other end is the helper's alone.
            consumer.ClosePeer();
            return new DeviceFeed(queue, demand, consumer);
        }
        catch
        {
            consumer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        IsWatched = false;
        _consumer.Dispose();
    }

    private static PixelFormat FormatOf(Device1Proxy device, CameraMode mode)
    {
        PixelFormat format = device.Format.Length == 4 ? PixelFormatInfo.FromFourCC(FourCC.Pack(device.Format)) : PixelFormat.Unknown;
        if (format == PixelFormat.Unknown || !(format == PixelFormat.I420 || Converter.CanConvert(PixelFormat.I420, format)))
        {
            throw new CamfxException(
                ExitCode.Failed, $"The device {NameOf(device)} shows '{device.Format}', which camfx cannot make; change it: camfx device set '{device.Label}' format=YUYV.");
        }

        return (device.Width, device.Height) == ((uint)mode.Width, (uint)mode.Height)
            ? format
            : throw new CamfxException(
                ExitCode.Failed,
                $"The device {NameOf(device)} shows {device.Width}x{device.Height} and the camera has {mode.Width}x{mode.Height}; "
                + $"run with --size {device.Width}x{device.Height}, or change it: camfx device set '{device.Label}' width={mode.Width} height={mode.Height}.");
    }

    // A loopback node is written by copying: dma-bufs would only take memory.
    private static int DmaBufsFor(Device1Proxy device, ZeroCopy zeroCopy) =>
        zeroCopy != ZeroCopy.Off && device.Backend is not ("v4l2loopback" or "none") ? MostDmaBufs : 0;

    private static string NameOf(Device1Proxy device) => device.Path.Length > 0 ? device.Path : $"'{device.Label}'";
}
