using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <content>Sending and receiving, with descriptors (sendmsg(2), recvmsg(2), SCM_RIGHTS).</content>
public static unsafe partial class UnixSocket
{
    /// <summary>The most descriptors one message can carry (SCM_MAX_FD of the kernel).</summary>
    public const int MaximumDescriptors = 253;

    /// <summary>How many descriptors <see cref="Receive"/> takes unless it is told otherwise.</summary>
    public const int DefaultDescriptors = 16;

    // On 64-bit Linux a control message is its header of 16 bytes, the descriptors, and padding to a multiple of 8.
    private static readonly int s_headerSize = sizeof(Libc.cmsghdr);

    /// <summary>Sends bytes and, with the first of them, descriptors. The other end gets its own; the sender keeps these.</summary>
    /// <param name="socket">A connected socket.</param>
    /// <param name="data">At least one byte: a message of none reads as the end of the connection.</param>
    /// <param name="descriptors">At most <see cref="MaximumDescriptors"/>.</param>
    /// <param name="wait">
    /// Whether to wait for room. On a stream, a message of which a part went out is always finished, waiting: a peer that is
    /// not trusted should be sent sequenced packets, which go as a whole or not at all.
    /// </param>
    /// <returns>False when there was no room and the call was told not to wait; nothing was sent then.</returns>
    /// <exception cref="PosixException">EPIPE, ECONNRESET: the other end is closed. EMSGSIZE: larger than the socket's buffer.</exception>
    public static bool Send(
        FileDescriptor socket, ReadOnlySpan<byte> data, ReadOnlySpan<FileDescriptor> descriptors = default, bool wait = true)
    {
        if (data.IsEmpty)
            throw new ArgumentException("A message must have at least one byte; none reads as the end of the connection.", nameof(data));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MaximumDescriptors, nameof(descriptors));

        int controlSize = descriptors.IsEmpty ? 0 : s_headerSize + Align(descriptors.Length * sizeof(int));
        byte* control = stackalloc byte[controlSize];
        int held = 0;
        try
        {
            // The numbers are read by the kernel during the call, so each handle is held open until it returns.
            for (; held < descriptors.Length; held++)
            {
                bool added = false;
                descriptors[held].DangerousAddRef(ref added);
                ((int*)(control + s_headerSize))[held] = (int)descriptors[held].DangerousGetHandle();
            }

            if (controlSize > 0)
            {
                *(Libc.cmsghdr*)control = new Libc.cmsghdr
                {
                    cmsg_len = (nuint)(s_headerSize + descriptors.Length * sizeof(int)),
                    cmsg_level = Libc.SOL_SOCKET,
                    cmsg_type = Libc.SCM_RIGHTS,
                };
            }

            return SendAll(socket, data, control, controlSize, wait);
        }
        finally
        {
            for (int i = 0; i < held; i++)
                descriptors[i].DangerousRelease();
        }
    }

    /// <summary>Receives one message (of a stream: what is there), with the descriptors that came with it.</summary>
    /// <param name="socket">A connected socket.</param>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <param name="wait">Whether to wait for a message.</param>
    /// <param name="maximumDescriptors">How many descriptors to take, at most <see cref="MaximumDescriptors"/>; the rest are lost.</param>
    /// <returns>The message; the caller disposes it. A connection that was reset counts as closed.</returns>
    /// <exception cref="PosixException">The descriptor is no connected socket.</exception>
    public static ReceivedMessage Receive(
        FileDescriptor socket, Span<byte> buffer, bool wait = true, int maximumDescriptors = DefaultDescriptors)
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer must have at least one byte.", nameof(buffer));
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDescriptors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDescriptors, MaximumDescriptors);

        // Without the padding: an odd number of descriptors would leave room for one more than asked for.
        int controlSize = maximumDescriptors == 0 ? 0 : s_headerSize + maximumDescriptors * sizeof(int);
        byte* control = stackalloc byte[Align(controlSize)];
        fixed (byte* bytes = buffer)
        {
            Libc.iovec part = new() { iov_base = bytes, iov_len = (nuint)buffer.Length };
            Libc.msghdr message = new() { msg_iov = &part, msg_iovlen = 1, msg_control = control, msg_controllen = (nuint)controlSize };
            int flags = Libc.MSG_CMSG_CLOEXEC | (wait ? 0 : Libc.MSG_DONTWAIT);
            nint length;
            while ((length = Libc.recvmsg(socket, &message, flags)) < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                switch (errno)
                {
                    case Errno.EINTR:
                        continue;
                    case Errno.EAGAIN when !wait:
                        return new ReceivedMessage(0, isClosed: false, false, false, []);
                    case Errno.ECONNRESET:
                        return new ReceivedMessage(0, isClosed: true, false, false, []);
                    default:
                        throw PosixException.FromErrno(errno, "receive from a socket");
                }
            }

            return new ReceivedMessage(
                (int)length,
                isClosed: length == 0,
                isTruncated: (message.msg_flags & Libc.MSG_TRUNC) != 0,
                areDescriptorsTruncated: (message.msg_flags & Libc.MSG_CTRUNC) != 0,
                ReadDescriptors(control, (int)message.msg_controllen));
        }
    }

    private static bool SendAll(FileDescriptor socket, ReadOnlySpan<byte> data, byte* control, int controlSize, bool wait)
    {
        int sent = 0;
        fixed (byte* bytes = data)
        {
            while (sent < data.Length)
            {
                Libc.iovec part = new() { iov_base = bytes + sent, iov_len = (nuint)(data.Length - sent) };
                Libc.msghdr message = new() { msg_iov = &part, msg_iovlen = 1 };
                if (sent == 0 && controlSize > 0)
                {
                    message.msg_control = control;
                    message.msg_controllen = (nuint)controlSize;
                }

                bool mayWait = wait || sent > 0;
                nint count = Libc.sendmsg(socket, &message, Libc.MSG_NOSIGNAL | (mayWait ? 0 : Libc.MSG_DONTWAIT));
                if (count >= 0)
                {
                    sent += (int)count;
                    continue;
                }

                int errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EAGAIN && !mayWait)
                    return false;
                if (errno != Errno.EINTR)
                    throw PosixException.FromErrno(errno, "send to a socket");
            }
        }

        return true;
    }

    private static FileDescriptor?[] ReadDescriptors(byte* control, int controlSize)
    {
        List<FileDescriptor?>? found = null;
        for (int at = 0; at + s_headerSize <= controlSize;)
        {
            Libc.cmsghdr* header = (Libc.cmsghdr*)(control + at);
            int length = (int)header->cmsg_len;
            if (length < s_headerSize || length > controlSize - at)
                break;
            if (header->cmsg_level == Libc.SOL_SOCKET && header->cmsg_type == Libc.SCM_RIGHTS)
            {
                int* numbers = (int*)(control + at + s_headerSize);
                for (int i = 0; i < (length - s_headerSize) / sizeof(int); i++)
                    (found ??= []).Add(new FileDescriptor(numbers[i], owned: true));
            }

            at += Align(length);
        }

        return found?.ToArray() ?? [];
    }

    private static int Align(int length) => (length + 7) & ~7;
}
