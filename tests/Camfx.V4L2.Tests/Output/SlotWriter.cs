using Camfx.Frames;

namespace Camfx.V4L2.Tests.Output;

/// <summary>Shows flat frames through whatever memory the output has at the moment, as the helper does.</summary>
internal sealed class SlotWriter(VideoOutput output, SharedMemory memory)
{
    private readonly HashSet<int> _out = [];

    internal bool Show(byte value)
    {
        if (output.Memory is MemoryType.Mmap or MemoryType.ReadWrite)
        {
            _out.Clear();
            using FrameBuffer picture = Pictures.Flat(output.Mode.Format, output.Mode.Width, output.Mode.Height, value);
            return output.Write(picture.View, 0);
        }

        while (output.TryDequeue(out int done)) _out.Remove(done);
        int slot = 0;
        while (_out.Contains(slot)) slot++;
        memory[slot].Fill(value);
        MemoryType type = output.Memory;
        bool shown = output.Queue(slot, 0);
        if (output.Memory != type) _out.Clear();
        else if (shown) _out.Add(slot);
        return shown;
    }
}
