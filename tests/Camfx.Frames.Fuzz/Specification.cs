using System.Text;
using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;

namespace Camfx.Frames.Fuzz;

/// <summary>
/// What docs/frame-queue.md says about a queue, written a second time and without looking at the product's checks: which errors a consumer may name, none if
/// it must accept. All sums are of 128 bits, so that nothing here can overflow.
/// </summary>
internal static unsafe class Specification
{
    /// <summary>Bytes of a row that are pixels, and rows.</summary>
    public readonly record struct Shape(long Row, long Rows);

    private const int Page = 4096;
    private const int MaxSlotSize = 7680 * 4320 * 4;

    /// <summary>The planes of a raw format; none of an unknown one.</summary>
    public static Shape[] Planes(uint fourcc, long width, long height)
    {
        long halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
        return Encoding.Latin1.GetString(BitConverter.GetBytes(fourcc)) switch
        {
            "YU12" => [new(width, height), new(halfWidth, halfHeight), new(halfWidth, halfHeight)],
            "422P" => [new(width, height), new(halfWidth, height), new(halfWidth, height)],
            "NV12" => [new(width, height), new(2 * halfWidth, halfHeight)],
            "YUYV" or "UYVY" => [new(4 * halfWidth, height)],
            "AR24" or "AB24" => [new(4 * width, height)],
            "RGB3" or "BGR3" => [new(3 * width, height)],
            "GREY" => [new(width, height)],
            _ => [],
        };
    }

    /// <summary>The errors there are in a queue, as a set; one bit each.</summary>
    public static uint Judge(in QueueHeader header, in ControlPage control, long fileSize)
    {
        if (fileSize > 65536 + 64L * MaxSlotSize) return Bit(QueueError.TooLarge);
        if (fileSize < Page) return Bit(QueueError.WrongSize);

        // What is no queue of this version has no fields that could be judged.
        if (header.Magic != BitConverter.ToUInt64("CAMFXQUE"u8)) return Bit(QueueError.NotAQueue);
        if (header.Version != 1) return Bit(QueueError.UnsupportedVersion);
        uint errors = 0;
        Note(header.HeaderSize != 256 || header.DescriptorSize != 128, QueueError.BadHeader);
        Note(header.SlotCount is < 3 or > 64, QueueError.BadHeader);
        Note(header.SlotSize == 0 || header.SlotSize % Page != 0 || header.SlotSize > MaxSlotSize + Page, QueueError.BadHeader);
        Note(header.FirstSlotOffset % Page != 0 || header.FirstSlotOffset > 65536, QueueError.BadHeader);
        Note(header.FirstSlotOffset < 256 + (UInt128)header.SlotCount * 128, QueueError.BadHeader);
        UInt128 total = header.FirstSlotOffset + (UInt128)header.SlotCount * header.SlotSize;
        Note(header.TotalSize != total || (UInt128)fileSize != total, QueueError.WrongSize);
        Note(header.FrameSize == 0 || header.FrameSize > header.SlotSize, QueueError.BadHeader);
        Note(header.FrameRateNumerator is 0 or > int.MaxValue || header.FrameRateDenominator is 0 or > int.MaxValue, QueueError.BadFormat);
        Note(!IsPossible(header.Format, header.FrameSize), QueueError.BadFormat);
        bool ours = control.Magic == BitConverter.ToUInt64("CAMFXCTL"u8) && control.Version == 1 && control.Share <= 62 && control.Generation == header.Generation;
        Note(!ours, QueueError.BadControlPage);
        return errors;

        void Note(bool wrong, QueueError error)
        {
            if (wrong) errors |= Bit(error);
        }
    }

    /// <summary>Whether a frame may be described so in this queue.</summary>
    public static bool IsPossible(in SlotDescriptor slot, in QueueHeader header) =>
        slot.Format.FourCC == header.Format.FourCC && slot.Format.Width == header.Format.Width && slot.Format.Height == header.Format.Height
        && slot.BytesUsed <= header.SlotSize && IsPossible(slot.Format, header.FrameSize);

    public static uint Bit(QueueError error) => 1u << (int)error;

    private static bool IsPossible(in FrameFormat format, uint frameSize)
    {
        if (format.Width is < 1 or > 16384 || format.Height is < 1 or > 16384) return false;
        if (format.Matrix is not (1 or 2) || format.Range is not (1 or 2)) return false;
        Shape[] planes = Planes(format.FourCC, format.Width, format.Height);
        if (planes.Length == 0 || format.PlaneCount != planes.Length) return false;
        ReadOnlySpan<uint> offsets = [format.Offset0, format.Offset1, format.Offset2], strides = [format.Stride0, format.Stride1, format.Stride2];
        for (int plane = 0; plane < 3; plane++)
        {
            if (plane >= planes.Length)
            {
                if (offsets[plane] != 0 || strides[plane] != 0) return false;
                continue;
            }

            (long row, long rows) = planes[plane];
            if (strides[plane] < row || strides[plane] > frameSize) return false;
            if (offsets[plane] + (Int128)strides[plane] * (rows - 1) + row > frameSize) return false;
        }

        return true;
    }
}
