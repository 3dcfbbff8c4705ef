using System.Collections.Immutable;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>The dma-bufs of a queue's first slots: all that were asked for, or none and the reason.</summary>
/// <remarks>Thread-safe; <see cref="Dispose"/> once.</remarks>
internal sealed class SlotDmaBufs : IDisposable
{
    private SlotDmaBufs(ImmutableArray<FileDescriptor> all, string? whyNone)
    {
        All = all;
        WhyNone = whyNone;
    }

    public ImmutableArray<FileDescriptor> All { get; }

    public string? WhyNone { get; }

    /// <summary>Makes them; a machine that cannot is no error.</summary>
    public static SlotDmaBufs Make(FileDescriptor memory, long firstSlot, int slotSize, int count)
    {
        if (count == 0) return new SlotDmaBufs([], whyNone: null);
        var made = new List<FileDescriptor>(count);
        try
        {
            using Udmabuf udmabuf = Udmabuf.Open();
            for (int slot = 0; slot < count; slot++) made.Add(udmabuf.Create(memory, firstSlot + (long)slot * slotSize, slotSize));
            return new SlotDmaBufs([.. made], whyNone: null);
        }
        catch (PosixException failure)
        {
            foreach (FileDescriptor dmaBuf in made) dmaBuf.Dispose();
            return new SlotDmaBufs([], failure.Message);
        }
    }

    public void Dispose()
    {
        foreach (FileDescriptor dmaBuf in All) dmaBuf.Dispose();
    }
}
