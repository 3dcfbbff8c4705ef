using Camfx.Frames;
using Camfx.Helper.Devices;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Tests.Devices;

/// <summary>A node's output that takes every frame, and tells what a test has set.</summary>
internal sealed class TestOutput(FileDescriptor? descriptor) : INodeOutput
{
    public bool? Usage { get; set; }

    public FileDescriptor? Descriptor => descriptor;

    public string Memory => "write";

    public bool UsesSlots => false;

    public bool TakesSlots => false;

    public int Buffers => 1;

    public long CopiedBytes { get; init; }

    public long FallBacks { get; init; }

    public long Faults { get; init; }

    public bool Write(in FrameView frame, long timestampNs) => true;

    public string? UseSlots(ReadOnlySpan<OutputSlot> slots, in FrameLayout layout) => "";

    public void UseOwnBuffers()
    {
    }

    public bool Queue(int slot, long timestampNs) => false;

    public bool TryDequeue(out int slot)
    {
        slot = -1;
        return false;
    }

    public bool? ReadUsage() => Usage;

    public void Leave()
    {
    }

    public void Dispose()
    {
    }
}
