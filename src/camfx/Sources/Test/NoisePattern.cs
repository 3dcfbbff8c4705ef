using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>
/// Grey noise, new in every frame: the worst case for an encoder. Rows are cut from one block of random bytes at random places,
/// which costs a copy and no more.
/// </summary>
internal sealed unsafe class NoisePattern : ITestPattern
{
    private const int BlockSize = 1 << 18;

    // Seeded: the same frames in every run.
    private readonly Random _random = new(1);
    private readonly byte[] _block = new byte[BlockSize];

    public NoisePattern()
    {
        _random.NextBytes(_block);
        foreach (ref byte value in _block.AsSpan()) value = (byte)(16 + value * 219 / 255);
    }

    public bool IsStill => false;

    public void Paint(in FrameView target, long frame)
    {
        for (int y = 0; y < target.Height; y++)
            _block.AsSpan(_random.Next(BlockSize - target.Width), target.Width).CopyTo(new Span<byte>(target.Row(0, y), target.Width));
        for (int y = 0; y < target.Height / 2; y++)
        {
            new Span<byte>(target.Row(1, y), target.Width / 2).Fill(YuvColor.Black.U);
            new Span<byte>(target.Row(2, y), target.Width / 2).Fill(YuvColor.Black.V);
        }
    }
}
