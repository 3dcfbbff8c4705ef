using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

/// <summary>One node that frames go into, open for as long as the device lives.</summary>
/// <remarks>Thread-bound to the device's writer.</remarks>
internal interface INodeOutput : IDisposable
{
    /// <summary>The open node, to be polled for <see cref="PollEvents.Priority"/> and to be kept for the next process; null: there is none.</summary>
    FileDescriptor? Descriptor { get; }

    /// <summary>How frames reach it now: dmabuf, userptr, mmap, write or none; when a better way could not be had, a colon and the reason.</summary>
    string Memory { get; }

    /// <summary>Whether slots are in use: <see cref="Queue"/> and <see cref="TryDequeue"/> instead of <see cref="Write"/>.</summary>
    bool UsesSlots { get; }

    /// <summary>Whether there is any way for it to read slots.</summary>
    bool TakesSlots { get; }

    /// <summary>Frames that it holds at once.</summary>
    int Buffers { get; }

    /// <summary>Bytes copied in this process.</summary>
    long CopiedBytes { get; }

    /// <summary>Steps down to a plainer memory type while streaming.</summary>
    long FallBacks { get; }

    /// <summary>Refusals while streaming.</summary>
    long Faults { get; }

    /// <summary>Shows a frame from memory of any kind; it is free again when this returns.</summary>
    /// <returns>False: it was skipped or refused.</returns>
    /// <exception cref="VideoException">The device is gone.</exception>
    bool Write(in FrameView frame, long timestampNs);

    /// <summary>Tries to have the driver read slots where they are.</summary>
    /// <returns>Null: it does, from now on. Else why not.</returns>
    string? UseSlots(ReadOnlySpan<OutputSlot> slots, in FrameLayout layout);

    /// <summary>Goes back to copying; the driver has let go of every slot when this returns.</summary>
    void UseOwnBuffers();

    /// <summary>Shows a slot, which is the driver's until <see cref="TryDequeue"/> gives it back.</summary>
    /// <returns>False: skipped or refused; the slot stays the caller's. <see cref="UsesSlots"/> may have ended with it.</returns>
    bool Queue(int slot, long timestampNs);

    /// <summary>Takes a slot back.</summary>
    bool TryDequeue(out int slot);

    /// <summary>Whether an app streams from it; null: it cannot tell.</summary>
    bool? ReadUsage();

    /// <summary>Gives it up but leaves the stream as it is, for the process that takes over.</summary>
    void Leave();
}
