using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Segmentation;

/// <summary>
/// A room with a camera, made from a seed: the wall, somebody, the shadow beside, the camera's exposure and white balance, which drift, and its noise. The outline is known.
/// </summary>
/// <param name="seed">Everything depends on it.</param>
/// <param name="height">The camera's lines; the picture is 16:9.</param>
internal sealed unsafe class Room(int seed, int height)
{
    private readonly Wall _wall = new(seed);
    private readonly Person _person = new(seed + 100);
    private readonly float _shadow = 0.6f + 0.3f * Grain.White(1, 2, seed);
    private readonly float _shadowX = 0.16f * (Grain.White(2, 2, seed) - 0.5f);
    private readonly float _softness = 0.01f + 0.08f * Grain.White(3, 2, seed);

    // Of one pixel of a picture of 1080 lines; a pixel of a smaller picture is the mean of several.
    private readonly float _noise = (2 + 4 * Grain.White(4, 2, seed)) * height / 1080;

    private Picture? _shot;

    public int Width { get; } = height * 16 / 9;

    public int Height { get; } = height;

    public float Exposure { get; set; } = 0.85f + 0.3f * Grain.White(5, 2, seed);

    public float WhiteU { get; set; } = 6 * (Grain.White(6, 2, seed) - 0.5f);

    public float WhiteV { get; set; } = 6 * (Grain.White(7, 2, seed) - 0.5f);

    /// <summary>What the camera sees: the wall alone, or with a shadow, or with somebody in front, who went so many heights to the right.</summary>
    public Picture Look(bool isEmpty = false, bool hasShadow = true, float moved = 0, float turned = 0)
    {
        Picture picture = new(PixelFormat.I420, Width, Height);
        Parallel.For(0, Height / 2, pair =>
        {
            for (int x = 0; x < Width; x += 2)
            {
                (float _, float u, float v) = At(x + 1, 2 * pair + 1);
                for (int y = 2 * pair; y < 2 * pair + 2; y++)
                    for (int column = x; column < x + 2; column++) picture.View.Row(0, y)[column] = Level((At(column + 0.5f, y + 0.5f).Y - 16) * Exposure + 16);
                picture.View.Row(1, pair)[x / 2] = Level((u - 128) * Exposure + 128 + WhiteU);
                picture.View.Row(2, pair)[x / 2] = Level((v - 128) * Exposure + 128 + WhiteV);
            }
        });
        return picture;

        (float Y, float U, float V) At(float column, float line)
        {
            float x = column / Height, y = line / Height;
            (float Y, float U, float V) wall = _wall.At(x + turned, y), lit = wall;
            if (hasShadow)
            {
                float share = 1 - (1 - _shadow) * Math.Clamp(0.5f - _person.Distance(x + _shadowX, y, moved) / _softness, 0, 1);
                lit = ((wall.Y - 16) * share + 16, (wall.U - 128) * share + 128, (wall.V - 128) * share + 128);
            }

            if (isEmpty) return lit;
            float front = Math.Clamp(0.5f - _person.Distance(x, y, moved) * Height, 0, 1);
            if (front == 0) return lit;
            (float Y, float U, float V) person = _person.At(x, y, wall, moved);
            return (lit.Y + (person.Y - lit.Y) * front, lit.U + (person.U - lit.U) * front, lit.V + (person.V - lit.V) * front);
        }
    }

    /// <summary>Whether somebody is at this place of a picture of so many lines.</summary>
    public bool IsInFront(float x, float y, int lines, float moved = 0) => _person.Distance(x / lines, y / lines, moved) < 0;

    /// <summary>The picture with the noise of one moment. It holds until the next.</summary>
    public Picture Shoot(Picture clean, int moment)
    {
        Picture picture = _shot ??= new Picture(PixelFormat.I420, Width, Height);
        for (int plane = 0; plane < 3; plane++)
        {
            int lines = plane == 0 ? Height : Height / 2, columns = plane == 0 ? Width : Width / 2, noise = seed + 3 * moment + plane;
            Parallel.For(0, lines, y =>
            {
                byte* from = clean.View.Row(plane, y), to = picture.View.Row(plane, y);
                for (int x = 0; x < columns; x++) to[x] = Level(from[x] + _noise * Grain.Normal(x, y, noise));
            });
        }

        return picture;
    }

    private static byte Level(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
