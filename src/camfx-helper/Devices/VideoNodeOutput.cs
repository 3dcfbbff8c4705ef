using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

/// <summary>A V4L2 output node.</summary>
/// <param name="file">The node; closed with the output.</param>
/// <param name="output">What writes into it.</param>
/// <param name="usage">Tells whether an app streams from it; gives null where that cannot be told.</param>
/// <param name="whyThisMemory">Why the memory type was chosen, where it was the backend's choice; null: it was not.</param>
internal sealed class VideoNodeOutput(IVideoFile file, VideoOutput output, Func<bool?> usage, string? whyThisMemory) : INodeOutput
{
    public FileDescriptor? Descriptor => file.Descriptor;

    public string Memory
    {
        get
        {
            string name = output.Memory switch
            {
                MemoryType.Dmabuf => "dmabuf",
                MemoryType.Userptr => "userptr",
                MemoryType.Mmap => "mmap",
                _ => "write",
            };
            string why = output.WhyNotBetter;
            if (whyThisMemory is not null && output.Memory == MemoryType.ReadWrite && output.Statistics.FallBacks == 0) why = whyThisMemory;
            return why.Length == 0 ? name : $"{name}: {why}";
        }
    }

    public bool UsesSlots => output.Memory is MemoryType.Dmabuf or MemoryType.Userptr;

    public bool TakesSlots => !output.Node.IsLoopback;

    public int Buffers => Math.Clamp(output.BufferCount, 1, 8);

    public long CopiedBytes => output.Statistics.CopiedBytes;

    public long FallBacks => output.Statistics.FallBacks;

    public long Faults => output.Statistics.Faults;

    public bool Write(in FrameView frame, long timestampNs) => output.Write(frame, timestampNs);

    public string? UseSlots(ReadOnlySpan<OutputSlot> slots, in FrameLayout layout) => output.UseSlots(slots, layout) ? null : output.WhyNotBetter;

    public void UseOwnBuffers() => output.UseOwnBuffers();

    public bool Queue(int slot, long timestampNs) => output.Queue(slot, timestampNs);

    public bool TryDequeue(out int slot) => output.TryDequeue(out slot);

    public bool? ReadUsage() => usage();

    public void Leave() => output.Leave();

    public void Dispose() => output.Dispose();
}
