using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

/// <summary>The backend none: takes every frame and throws it away.</summary>
internal sealed class NullNodeOutput : INodeOutput
{
    public FileDescriptor? Descriptor => null;

    public string Memory => "none";

    public bool UsesSlots => false;

    public bool TakesSlots => false;

    public int Buffers => 1;

    public long CopiedBytes => 0;

    public long FallBacks => 0;

    public long Faults => 0;

    public bool Write(in FrameView frame, long timestampNs) => true;

    public string? UseSlots(ReadOnlySpan<OutputSlot> slots, in FrameLayout layout) => "the backend none shows frames to nobody";

    public void UseOwnBuffers()
    {
    }

    public bool Queue(int slot, long timestampNs) => false;

    public bool TryDequeue(out int slot)
    {
        slot = -1;
        return false;
    }

    public bool? ReadUsage() => null;

    public void Leave()
    {
    }

    public void Dispose()
    {
    }
}
