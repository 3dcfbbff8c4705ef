namespace Camfx.Imaging.Tests.Segmentation;

/// <summary>Somebody: head, shoulders, perhaps an arm, with an outline that is not smooth, in clothes a good fifth of which look like the wall.</summary>
internal sealed class Person(int seed)
{
    private const float Camouflage = 12;

    private readonly float _x = 0.65f + 0.5f * Grain.White(1, 1, seed);
    private readonly float _head = 0.11f + 0.05f * Grain.White(2, 1, seed);
    private readonly float _y = 0.3f + 0.1f * Grain.White(3, 1, seed);
    private readonly float _shoulders = 0.26f + 0.12f * Grain.White(4, 1, seed);
    private readonly float _arm = Grain.White(5, 1, seed) < 0.5f ? 0 : Grain.White(6, 1, seed) < 0.5f ? -1 : 1;
    private readonly float _skin = 110 + 70 * Grain.White(7, 1, seed);
    private readonly float _clothes = 40 + 170 * Grain.White(8, 1, seed);
    private readonly float _clothesU = 100 + 56 * Grain.White(9, 1, seed);
    private readonly float _clothesV = 100 + 56 * Grain.White(10, 1, seed);
    private readonly float _weave = Grain.White(11, 1, seed) < 0.5f ? 4 : 25;
    private readonly float _camouflageSize = 0.08f + 0.12f * Grain.White(12, 1, seed);

    /// <summary>How far a place is outside of the outline, about; negative inside. Coordinates are shares of the picture's height.</summary>
    public float Distance(float x, float y, float moved = 0)
    {
        x -= moved;
        float away = x - _x, wave = 0.004f * Grain.Smooth(x, y, 0.025f, seed + 1) + 0.015f * Grain.Smooth(x, y, 0.1f, seed + 2);
        float head = Ellipse(away, y - _y, _head, 1.3f * _head), top = _y + 1.4f * _head;
        float body = Ellipse(away, y - 1.15f, _shoulders, 1.15f - top), neck = Math.Max(MathF.Abs(away) - 0.5f * _head, Math.Max(_y - y, y - 1.1f));
        float nearest = Math.Min(Math.Min(head, body), neck);
        if (_arm != 0)
            nearest = Math.Min(nearest, Math.Min(
                Limb(away, y, _arm * _shoulders * 0.8f, 0.9f, _arm * (_shoulders + 0.12f), 0.75f), Limb(away, y, _arm * (_shoulders + 0.12f), 0.75f, _arm * (_shoulders + 0.02f), 0.45f)));
        return nearest + wave;
    }

    /// <summary>The colour of a place in front of a wall of this colour.</summary>
    public (float Y, float U, float V) At(float x, float y, in (float Y, float U, float V) wall, float moved = 0)
    {
        if (Grain.Smooth(x - moved, y, _camouflageSize, seed + 3) > 0.15f)
        {
            float like = Camouflage * (0.7f * Grain.Smooth(x, y, 0.15f, seed + 4) + 0.3f * Grain.Smooth(x - moved, y, 0.02f, seed + 5));
            return (wall.Y + like, wall.U + 6 * Grain.Smooth(x, y, 0.1f, seed + 6), wall.V + 6 * Grain.Smooth(x, y, 0.1f, seed + 7));
        }

        x -= moved;
        float light = 1 + 0.15f * Grain.Smooth(x, y, 0.25f, seed + 8);
        return y < _y + 1.3f * _head
            ? y < _y - 0.6f * _head ? (45 * light + 10 * Grain.Smooth(x, y, 0.01f, seed + 9), 126, 131) : (_skin * light, 112, 150)
            : (_clothes * light + _weave * Grain.Smooth(x, y, 0.03f, seed + 10), _clothesU, _clothesV);
    }

    private static float Ellipse(float x, float y, float width, float height) => (MathF.Sqrt(x * x / (width * width) + y * y / (height * height)) - 1) * Math.Min(width, height);

    private static float Limb(float x, float y, float x0, float y0, float x1, float y1)
    {
        float along = Math.Clamp(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)), 0, 1);
        float dx = x - x0 - along * (x1 - x0), dy = y - y0 - along * (y1 - y0);
        return MathF.Sqrt(dx * dx + dy * dy) - 0.045f;
    }
}
