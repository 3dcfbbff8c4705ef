namespace Camfx.Imaging.Tests.Segmentation;

/// <summary>What is behind, as Y, U, V of any place: a rough wall, a pattern of stripes or tiles, or shelves. Coordinates are shares of the picture's height.</summary>
internal sealed class Wall(int seed)
{
    private readonly int _kind = (int)(Grain.White(1, 0, seed) * 4);
    private readonly float _light = 70 + 100 * Grain.White(2, 0, seed);
    private readonly float _contrast = 20 + 50 * Grain.White(3, 0, seed);
    private readonly float _size = 0.05f + 0.12f * Grain.White(4, 0, seed);

    public (float Y, float U, float V) At(float x, float y)
    {
        float luma = _light + 14 * Grain.Smooth(x, y, 0.3f, seed + 1) + 5 * Grain.Smooth(x, y, 0.05f, seed + 2) + 2 * Grain.Smooth(x, y, 0.012f, seed + 3);
        float u = 128 + 10 * Grain.Smooth(x, y, 0.5f, seed + 4), v = 128 + 10 * Grain.Smooth(x, y, 0.5f, seed + 5);
        switch (_kind)
        {
            case 1:
                luma += (x / _size - MathF.Floor(x / _size) < 0.5f ? 0.5f : -0.5f) * _contrast;
                break;
            case 2:
                luma += (((int)(x / _size) + (int)(y / _size)) % 2 == 0 ? 0.5f : -0.5f) * _contrast;
                break;
            case 3:
                int shelf = (int)(y / 0.2f), book = (int)(x / 0.04f + Grain.White(shelf, 9, seed));
                luma += (Grain.White(book, shelf, seed + 6) - 0.5f) * 1.5f * _contrast;
                u += (Grain.White(book, shelf, seed + 7) - 0.5f) * 40;
                v += (Grain.White(book, shelf, seed + 8) - 0.5f) * 40;
                break;
        }

        return (Math.Clamp(luma, 24, 228), u, v);
    }
}
