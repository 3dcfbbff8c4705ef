using Camfx.Posix;

namespace Camfx.V4L2;

/// <summary>
/// An open video node, or one that is played: the seam between the state machines of this library and the kernel. Nothing here throws for what
/// the driver answers: errors are negative errno values, because a fault of a device is an event to handle and not an accident.
/// </summary>
/// <remarks>Thread-safe as far as the driver is; disposed once, after the last call.</remarks>
public unsafe interface IVideoFile : IDisposable
{
    /// <summary>The node's path, e.g. <c>/dev/video0</c>.</summary>
    string Path { get; }

    /// <summary>What to poll beside other descriptors, or to pass to another process; null where there is no kernel behind.</summary>
    FileDescriptor? Descriptor { get; }

    /// <summary>Sends one request (ioctl(2)); interrupted ones are repeated.</summary>
    /// <param name="request">E.g. <c>VIDIOC_QUERYCAP</c>.</param>
    /// <param name="argument">What it points to, or the number of a request that takes one.</param>
    /// <returns>The driver's result, 0 or more; or the negative errno value.</returns>
    int Ioctl(uint request, void* argument);

    /// <summary>Maps a buffer of the driver for reading and writing, or only reading where the node was opened so.</summary>
    /// <param name="offset">What VIDIOC_QUERYBUF told.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="address">The first byte; null on failure.</param>
    /// <returns>0 or the negative errno value.</returns>
    int Map(long offset, long length, out byte* address);

    /// <summary>Takes a mapping of <see cref="Map"/> away.</summary>
    void Unmap(byte* address);

    /// <summary>Reads one frame.</summary>
    /// <returns>Bytes, or the negative errno value (EAGAIN: none yet).</returns>
    long Read(byte* buffer, long length);

    /// <summary>Writes one frame.</summary>
    /// <returns>Bytes, or the negative errno value.</returns>
    long Write(byte* buffer, long length);

    /// <summary>Waits until the node answers one of <paramref name="events"/>, or is in error.</summary>
    /// <param name="events">What to wait for.</param>
    /// <param name="deadline">CLOCK_MONOTONIC, ns; <see cref="long.MaxValue"/>: no end.</param>
    /// <returns>What it answered; <see cref="PollEvents.None"/> when the time ran out.</returns>
    PollEvents Wait(PollEvents events, long deadline);
}
