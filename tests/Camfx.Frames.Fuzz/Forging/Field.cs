namespace Camfx.Frames.Fuzz.Forging;

/// <summary>A number in shared memory: where it starts, and its 4 or 8 bytes.</summary>
internal readonly record struct Field(int Offset, int Size)
{
    /// <summary>The header's fields that never change in an honest queue (docs/frame-queue.md).</summary>
    public static readonly Field[] Header =
    [
        new(0x00, 8), new(0x08, 4), new(0x0c, 4), new(0x10, 8), new(0x18, 8), new(0x20, 8), new(0x28, 4), new(0x2c, 4), new(0x30, 8), new(0x38, 4),
        new(0x3c, 4), .. Words(0x40, 12), new(0x70, 4), new(0x74, 4), new(0x78, 8),
    ];

    /// <summary>Newest, wake and state.</summary>
    public static readonly Field[] Live = [new(0x80, 8), new(0x88, 4), new(0x8c, 4)];

    /// <summary>A descriptor's, from its start.</summary>
    public static readonly Field[] Slot = [new(0x00, 8), new(0x08, 8), new(0x10, 8), new(0x18, 4), new(0x1c, 4), .. Words(0x20, 12)];

    /// <summary>A control page's.</summary>
    public static readonly Field[] Control = [new(0x00, 8), new(0x08, 4), new(0x0c, 4), new(0x10, 8), new(0x40, 4), new(0x80, 8), new(0x88, 8), new(0x268, 8)];

    public ulong Read(ReadOnlySpan<byte> memory) =>
        Size == 8 ? BitConverter.ToUInt64(memory[Offset..]) : BitConverter.ToUInt32(memory[Offset..]);

    public void Write(Span<byte> memory, ulong value)
    {
        if (Size == 8) BitConverter.TryWriteBytes(memory[Offset..], value);
        else BitConverter.TryWriteBytes(memory[Offset..], (uint)value);
    }

    public Field After(int offset) => this with { Offset = Offset + offset };

    private static IEnumerable<Field> Words(int offset, int count) => Enumerable.Range(0, count).Select(i => new Field(offset + 4 * i, 4));
}
