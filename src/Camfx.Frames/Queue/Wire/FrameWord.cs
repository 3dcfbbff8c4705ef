namespace Camfx.Frames.Queue.Wire;

/// <summary>
/// A frame and its place in one word that is read and written at once: sequence in the upper 56 bits, slot in the lower 8. 0 is no frame.
/// </summary>
internal readonly record struct FrameWord(ulong Value)
{
    private const int SlotBits = 8;

    public FrameWord(ulong sequence, int slot) : this(sequence << SlotBits | (uint)slot)
    {
    }

    public ulong Sequence => Value >> SlotBits;

    public int Slot => (int)(Value & 0xff);
}
