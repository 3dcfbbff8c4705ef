using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Fuzz.Forging;

/// <summary>Changes a queue's memory as somebody would who looks for a hole in the checks: at the edges, a little beside what is right, and blindly.</summary>
internal sealed unsafe class Forger(Dice dice)
{
    private static readonly ulong[] s_edges =
    [
        0, 1, 2, 3, 4, 61, 62, 63, 64, 65, 127, 128, 129, 255, 256, 257, 4095, 4096, 4097, 8191, 8192, 8193, 16383, 16384, 16385, 65535, 65536, 65537,
        1UL << 30, (1UL << 31) - 1, 1UL << 31, uint.MaxValue, 1UL << 32, (1UL << 32) + 4096, 1UL << 61, long.MaxValue, 1UL << 63, ulong.MaxValue - 4095, ulong.MaxValue,
    ];

    private static readonly uint[] s_formats =
        [.. new[] { "YU12", "NV12", "422P", "YUYV", "UYVY", "AR24", "AB24", "RGB3", "BGR3", "GREY", "MJPG", "YV12" }.Select(FourCC.Pack)];

    // About the most there may be, and the most whose descriptors fit one page.
    private static readonly int[] s_manySlots = [29, 30, 31, 32, 61, 62, 63, 64, 65, 66];

    public long Mutations { get; private set; }

    /// <summary>Changes what is constant in an honest header, or the control page.</summary>
    public void ForgeHeader(Forgery forgery)
    {
        Mutations++;
        switch (dice.Next(12))
        {
            case 0:
                Relayout(&forgery.Header->Format, (long)Math.Min(forgery.Header->FrameSize, int.MaxValue));
                break;
            case 1:
                Reshape(forgery);
                break;
            case 2:
                forgery.Header->FrameSize = (uint)((long)forgery.Header->FrameSize + dice.Next(9) - 4);
                break;
            case 3:
                Change(forgery.ControlBytes, dice.Of<Field>(Field.Control));
                break;
            case 4:
                Scribble(forgery.Head[..QueueHeader.Length]);
                break;
            default:
                Change(forgery.Head, dice.Of<Field>(Field.Header));
                break;
        }
    }

    /// <summary>Changes what changes in an honest queue too, and now and then what must not.</summary>
    public void ForgeFrame(Forgery forgery)
    {
        Mutations++;
        int slot = dice.Next(8);
        SlotDescriptor* descriptor = forgery.Slots + slot;
        ulong next = new FrameWord(forgery.Header->Newest).Sequence + (ulong)dice.Next(3);
        switch (dice.Next(10))
        {
            case 0:
                Change(forgery.Head, dice.Of<Field>(Field.Live));
                break;
            case 1 or 2:
                Change(forgery.Head, dice.Of<Field>(Field.Slot).After(QueueHeader.Length + slot * SlotDescriptor.Length));
                break;
            case 3:
                Relayout(&descriptor->Format, (long)Math.Min(forgery.Header->FrameSize, int.MaxValue));
                break;
            case 4:
                forgery.Header->Newest = next << 8 | (uint)dice.Next(256);
                break;
            case 5:
                Change(forgery.Head, dice.Of<Field>(Field.Header));
                break;
            case 6:
                Scribble(forgery.Head);
                break;
            case 7:
                Change(forgery.ControlBytes, dice.Of<Field>(Field.Control));
                break;
            default:
                // As an honest producer would publish, so that a reader goes on to look at what else is wrong.
                descriptor->Sequence = next;
                forgery.Header->Newest = next << 8 | (uint)slot;
                break;
        }
    }

    private void Change(Span<byte> memory, Field field)
    {
        ulong old = field.Read(memory);
        ulong page = (ulong)MemoryMapping.PageSize;
        field.Write(memory, dice.Next(8) switch
        {
            0 => old ^ 1UL << dice.Next(field.Size * 8),
            1 => dice.Of<ulong>(s_edges),
            2 => old + 1,
            3 => old - 1,
            4 => dice.OneIn(2) ? old + page : old - page,
            5 => dice.OneIn(2) ? old * 2 : old / 2,
            6 => dice.Of<Field>(Field.Header).Read(memory.Length >= QueueHeader.Length ? memory : new byte[QueueHeader.Length]),
            _ => dice.Next(),
        });
    }

    private void Scribble(Span<byte> memory)
    {
        int start = dice.Next(memory.Length), count = Math.Min(memory.Length - start, 1 + dice.Next(16));
        for (int i = 0; i < count; i++) memory[start + i] = (byte)dice.Next();
    }

    /// <summary>Lays planes out anew, consistently, and often so that the last byte is just the last one allowed or the first beyond.</summary>
    private void Relayout(FrameFormat* format, long size)
    {
        if (dice.OneIn(3)) format->FourCC = dice.Of<uint>(s_formats);
        if (dice.OneIn(4)) format->Width = (uint)dice.Next(100);
        if (dice.OneIn(4)) format->Height = (uint)dice.Next(80);
        Specification.Shape[] planes = Specification.Planes(format->FourCC, format->Width, format->Height);
        format->PlaneCount = (uint)planes.Length;
        Span<uint> places = new(&format->Offset0, 6);
        places.Clear();
        for (int plane = 0; plane < planes.Length; plane++)
        {
            (long row, long rows) = planes[plane];
            long stride = row + (dice.OneIn(3) ? dice.Next(64) : 0) - (dice.OneIn(16) ? 1 : 0);
            long last = size - (stride * (rows - 1) + row);
            places[plane] = (uint)(dice.Next(3) == 0 ? dice.Next(4096) : last + (dice.OneIn(4) ? 1 : 0));
            places[3 + plane] = (uint)stride;
        }
    }

    /// <summary>Divides the memory otherwise: another number of slots of another size that make the same total, or almost.</summary>
    private void Reshape(Forgery forgery)
    {
        QueueHeader* header = forgery.Header;
        ulong page = (ulong)MemoryMapping.PageSize, pages = (ulong)forgery.Size / page;
        header->SlotCount = (uint)(dice.OneIn(2) ? 1 + dice.Next(16) : dice.Of<int>(s_manySlots));
        ulong slot = (pages - 1) / header->SlotCount;
        header->FirstSlotOffset = (pages - slot * header->SlotCount + (dice.OneIn(8) ? 1u : 0)) * page;
        header->SlotSize = slot * page;
        header->TotalSize = header->FirstSlotOffset + header->SlotCount * header->SlotSize + (dice.OneIn(8) ? 1u : 0);
        if (dice.OneIn(2)) header->FrameSize = (uint)header->SlotSize + (dice.OneIn(4) ? 1u : 0);
    }
}
