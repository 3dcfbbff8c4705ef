using Camfx.Frames;

namespace Camfx.Cli.Models;

/// <summary>A picture to try a network on: somebody's rough shape before a wall, at the size that is analysed.</summary>
internal sealed class SampleScene : IDisposable
{
    public const int Width = 256, Height = 144;

    private readonly FrameBuffer _picture = new(FrameLayout.Packed(PixelFormat.I420, Width, Height), ColorMatrix.Bt601, ColorRange.Limited);

    public FrameView View => _picture.View;

    /// <summary>Draws it, the shape somewhat further to the right in each picture.</summary>
    public void Draw(int number)
    {
        Span<byte> bytes = _picture.Bytes;
        bytes[(Width * Height)..].Fill(128);
        int center = Width / 3 + number % (Width / 3);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int across = x - center, down = y - 50;
                bool isInFront = across * across * 2 + down * down < 1800 || (y > 80 && Math.Abs(across) < y - 40);
                bytes[y * Width + x] = (byte)(isInFront ? 150 + (x ^ y) % 16 : 60 + x / 4 + y / 4);
            }
        }
    }

    public void Dispose() => _picture.Dispose();
}
