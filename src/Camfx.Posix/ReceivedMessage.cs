namespace Camfx.Posix;

/// <summary>
/// What one <see cref="UnixSocket.Receive"/> brought. It owns the descriptors that came with it: take those you want; dispose
/// the message and the rest are closed.
/// </summary>
/// <remarks>Thread-bound.</remarks>
public sealed class ReceivedMessage : IDisposable
{
    private readonly FileDescriptor?[] _descriptors;

    internal ReceivedMessage(int length, bool isClosed, bool isTruncated, bool areDescriptorsTruncated, FileDescriptor?[] descriptors)
    {
        Length = length;
        IsClosed = isClosed;
        IsTruncated = isTruncated;
        AreDescriptorsTruncated = areDescriptorsTruncated;
        _descriptors = descriptors;
    }

    /// <summary>Bytes that were written to the caller's buffer.</summary>
    public int Length { get; }

    /// <summary>Whether there was nothing to receive and the call was told not to wait.</summary>
    public bool IsEmpty => Length == 0 && !IsClosed;

    /// <summary>Whether the other end is closed and everything it sent has been received.</summary>
    public bool IsClosed { get; }

    /// <summary>Whether the message was longer than the buffer; its end is lost (MSG_TRUNC).</summary>
    public bool IsTruncated { get; }

    /// <summary>Whether more descriptors were sent than asked for, or than the process may open; those are lost (MSG_CTRUNC).</summary>
    public bool AreDescriptorsTruncated { get; }

    /// <summary>How many descriptors came, taken ones included.</summary>
    public int DescriptorCount => _descriptors.Length;

    /// <summary>Hands a descriptor over; from here on the caller closes it.</summary>
    /// <param name="index">Its place in the order they were sent.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not so many came.</exception>
    /// <exception cref="InvalidOperationException">It was taken before, or the message is disposed.</exception>
    public FileDescriptor TakeDescriptor(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _descriptors.Length);
        FileDescriptor descriptor = _descriptors[index]
            ?? throw new InvalidOperationException($"Descriptor {index} of this message was taken or closed before.");
        _descriptors[index] = null;
        return descriptor;
    }

    /// <summary>Closes every descriptor that nobody took.</summary>
    public void Dispose()
    {
        for (int i = 0; i < _descriptors.Length; i++)
        {
            _descriptors[i]?.Dispose();
            _descriptors[i] = null;
        }
    }
}
