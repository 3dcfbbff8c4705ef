namespace Camfx.Imaging.Tests.Segmentation;

/// <summary>Random numbers that depend on place and seed alone: white noise, normal noise, and smooth noise of a given size.</summary>
internal static class Grain
{
    private static readonly float[] s_normal = MakeNormal();

    /// <summary>Uniform, 0 to 1.</summary>
    public static float White(int x, int y, int seed)
    {
        uint hash = (uint)x * 0x9E3779B1u ^ (uint)y * 0x85EBCA77u ^ (uint)seed * 0xC2B2AE3Du;
        hash = (hash ^ hash >> 15) * 0x2C1B3C6Du;
        hash = (hash ^ hash >> 12) * 0x297A2D39u;
        return (hash >> 8) * (1f / (1 << 24));
    }

    /// <summary>Of standard deviation 1.</summary>
    public static float Normal(int x, int y, int seed) => s_normal[(int)(White(x, y, seed) * s_normal.Length)];

    /// <summary>-1 to 1, one hill or valley in about so many pixels.</summary>
    public static float Smooth(float x, float y, float size, int seed)
    {
        x /= size;
        y /= size;
        int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
        float right = Ease(x - column), down = Ease(y - row);
        float above = White(column, row, seed) * (1 - right) + White(column + 1, row, seed) * right;
        float below = White(column, row + 1, seed) * (1 - right) + White(column + 1, row + 1, seed) * right;
        return (above * (1 - down) + below * down) * 2 - 1;
    }

    private static float Ease(float way) => way * way * (3 - 2 * way);

    private static float[] MakeNormal()
    {
        var random = new Random(1);
        float[] values = new float[1 << 15];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
