using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// How badly a pixel is explained by the scene, perhaps in shadow. A 3x3 window is explained when the ratio of picture and scene is a plane in it (the light of one place) between
/// <see cref="Darkest"/> and <see cref="Brightest"/> and its chroma is the scene's, as much dimmed or less; the misfit is what is left over, as a share of what noise leaves.
/// A pixel's misfit is the least of the nine windows it lies in, so that a window across somebody's outline says nothing against a pixel beside it.
/// </summary>
/// <remarks>Thread-bound. Every operation is one on a single element, so that the result has the same bits at every vector width.</remarks>
internal sealed unsafe class Evidence
{
    /// <summary>The deepest shadow.</summary>
    public const float Darkest = 0.55f;

    // Light that people throw back onto the wall.
    private const float Brightest = 1.03f;

    // The steepest edge of a shadow, a pixel.
    private const float Steepest = 0.12f;

    // Where black is, between the 0 of full range and the 16 of limited; the windows' planes take the difference.
    private const float Black = 8;

    // The camera's sharpening and sub-pixel movements, as a share of the scene's own edges; and how exactly chroma is known, in squared levels.
    private const float EdgeShare = 0.1f, ChromaShare = 0.01f, ChromaFloor = 0.36f;

    private readonly Backdrop _backdrop;
    private readonly Raster _ratio;
    private readonly Raster _variance;
    private readonly Raster _window;
    private readonly Raster[] _expectedChroma;
    private readonly ChromaRows _chroma;
    private float _neutralU;
    private float _neutralV;

    public Evidence(Backdrop backdrop)
    {
        _backdrop = backdrop;
        int width = backdrop.Luma.Width, height = backdrop.Luma.Height;
        _ratio = new Raster(width, height);
        _variance = new Raster(width, height);
        _window = new Raster(width, height);
        Expected = new Raster(width, height);
        Light = new Raster(width, height);
        Misfit = new Raster(width, height);
        _expectedChroma = [new Raster(width / 2, height / 2), new Raster(width / 2, height / 2), new Raster(width / 2, height / 2)];
        _chroma = new ChromaRows(width / 2);
    }

    /// <summary>Luma as it would be without anybody and without shadows.</summary>
    public Raster Expected { get; }

    /// <summary>The window's ratio of picture and expectation: 1, less in a shadow.</summary>
    public Raster Light { get; }

    /// <summary>The misfit: below 1 noise alone, above 2 hardly noise.</summary>
    public Raster Misfit { get; }

    /// <summary>Writes <see cref="Expected"/>, from what the camera makes of the scene now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Expect(ReadOnlySpan<float> c)
    {
        _neutralU = c[4] + c[5] * (16 - 128);
        _neutralV = c[8] + c[9] * (16 - 128);
        int step = Vector<float>.Count;
        Raster[] scene = _backdrop.Reduced;
        for (int y = 0; y < scene[0].Height; y++)
        {
            float* a = scene[0].Row(y), b = scene[1].Row(y), d = scene[2].Row(y);
            float* colour = _expectedChroma[0].Row(y), u = _expectedChroma[1].Row(y), v = _expectedChroma[2].Row(y);
            for (int x = 0; x < scene[0].Width; x += step)
            {
                Vector<float> y0 = Vector.Load(a + x), u0 = Vector.Load(b + x), v0 = Vector.Load(d + x);
                Vector.Store(new Vector<float>(c[0] + 128 - 128 * c[1]) + u0 * c[2] + v0 * c[3], colour + x);
                Vector.Store(new Vector<float>(c[4]) + y0 * c[5] + u0 * c[6] + v0 * c[7], u + x);
                Vector.Store(new Vector<float>(c[8]) + y0 * c[9] + u0 * c[10] + v0 * c[11], v + x);
            }

            for (int half = 0; half < 2; half++)
            {
                float* before = _backdrop.Luma.Row(2 * y + half), expected = Expected.Row(2 * y + half);
                Doubling.Row(colour, expected, scene[0].Width);
                for (int x = 0; x < Expected.Width; x += step)
                    Vector.Store(Vector.Load(before + x) * c[1] + Vector.Load(expected + x), expected + x);
                Expected.ExtendRow(2 * y + half);
            }
        }

        Expected.ExtendVertically();
        _expectedChroma[1].Extend();
        _expectedChroma[2].Extend();
    }

    /// <summary>What is expected of U or V (1, 2), minus 128, without shadows.</summary>
    public Raster ExpectedChroma(int plane) => _expectedChroma[plane];

    /// <summary>Writes <see cref="Light"/> and <see cref="Misfit"/>.</summary>
    /// <param name="luma">The picture's, extended.</param>
    /// <param name="u">Its U minus 128, extended.</param>
    /// <param name="v">Its V minus 128, extended.</param>
    /// <param name="lumaNoise">Standard deviation of luma's noise, in levels.</param>
    /// <param name="chromaNoise">That of chroma's.</param>
    public void Weigh(Raster luma, Raster u, Raster v, float lumaNoise, float chromaNoise)
    {
        for (int y = 0; y < luma.Height; y++) FindRatio(luma, y, lumaNoise * lumaNoise);
        _ratio.ExtendVertically();
        _variance.ExtendVertically();
        float variance = chromaNoise * chromaNoise * (4 / 9f) + ChromaFloor;
        for (int y = 0; y < luma.Height; y++)
        {
            FitWindows(y);
            _chroma.Fill(y, u, v, _expectedChroma[1], _expectedChroma[2]);
            AddChroma(y, variance);
        }

        _window.ExtendVertically();
        Light.ExtendVertically();
        for (int y = 0; y < luma.Height; y++) TakeLeast(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRatio(Raster luma, int y, float noise)
    {
        float* now = luma.Row(y), extra = _backdrop.Variance.Row(y), ratio = _ratio.Row(y), variance = _variance.Row(y);
        float* expected = Expected.Row(y), above = Expected.Row(y - 1), below = Expected.Row(y + 1);
        Vector<float> least = new(6f), one = Vector<float>.One, black = new(Black), plain = new(noise), share = new(EdgeShare * EdgeShare / 4);
        for (int x = 0; x < luma.Width; x += Vector<float>.Count)
        {
            Vector<float> level = Vector.Load(expected + x), inverse = one / Vector.Max(level - black, least);
            Vector<float> dx = Vector.Load(expected + x + 1) - Vector.Load(expected + x - 1), dy = Vector.Load(below + x) - Vector.Load(above + x);
            Vector.Store(Vector.Max(Vector.Load(now + x) - black, one) * inverse - one, ratio + x);
            Vector.Store((plain + Vector.Load(extra + x) + (dx * dx + dy * dy) * share) * inverse * inverse, variance + x);
        }

        _ratio.ExtendRow(y);
        _variance.ExtendRow(y);
    }

    /// <summary>The plane of least squares through the nine ratios, its value and slopes held within what light does, and what is left over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FitWindows(int y)
    {
        float* above = _ratio.Row(y - 1), here = _ratio.Row(y), below = _ratio.Row(y + 1);
        float* variance0 = _variance.Row(y - 1), variance1 = _variance.Row(y), variance2 = _variance.Row(y + 1);
        float* light = Light.Row(y), window = _window.Row(y);
        Vector<float> ninth = new(1f / 9), sixth = new(1f / 6), nine = new(9f), six = new(6f), steep = new(Steepest), flat = new(-Steepest);
        Vector<float> dark = new(Darkest - 1), bright = new(Brightest - 1), one = Vector<float>.One;
        for (int x = 0; x < Light.Width; x += Vector<float>.Count)
        {
            Vector<float> a = Vector.Load(above + x - 1), b = Vector.Load(above + x), c = Vector.Load(above + x + 1);
            Vector<float> d = Vector.Load(here + x - 1), e = Vector.Load(here + x), f = Vector.Load(here + x + 1);
            Vector<float> g = Vector.Load(below + x - 1), h = Vector.Load(below + x), i = Vector.Load(below + x + 1);
            Vector<float> top = a + b + c, bottom = g + h + i, mean = (top + (d + e + f) + bottom) * ninth;
            Vector<float> across = c + f + i - (a + d + g), down = bottom - top;
            Vector<float> squares = a * a + b * b + c * c + (d * d + e * e + f * f) + (g * g + h * h + i * i);
            Vector<float> slopeX = Vector.Min(Vector.Max(across * sixth, flat), steep), slopeY = Vector.Min(Vector.Max(down * sixth, flat), steep);
            Vector<float> held = Vector.Min(Vector.Max(mean, dark), bright), outside = mean - held;
            Vector<float> left = squares - nine * mean * mean + nine * outside * outside;
            left += slopeX * (six * slopeX - across - across) + slopeY * (six * slopeY - down - down);
            Vector<float> noise = Sum(variance0 + x) + Sum(variance1 + x) + Sum(variance2 + x);
            Vector.Store(held + one, light + x);
            Vector.Store(left / noise, window + x);
        }

        Light.ExtendRow(y);
    }

    /// <summary>Adds how far the window's chroma is from what is expected, in full light or dimmed as much as luma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddChroma(int y, float noise)
    {
        float* light = Light.Row(y), window = _window.Row(y);
        float* u = _chroma.U, v = _chroma.V, u0 = _chroma.ExpectedU, v0 = _chroma.ExpectedV, edges = _chroma.Edges;
        Vector<float> plain = new(noise), share = new(ChromaShare / 4), neutralU = new(_neutralU), neutralV = new(_neutralV);
        for (int x = 0; x < Light.Width; x += Vector<float>.Count)
        {
            Vector<float> shade = Vector.Load(light + x);
            Vector<float> du = Beyond(Vector.Load(u + x), Vector.Load(u0 + x), shade, neutralU), dv = Beyond(Vector.Load(v + x), Vector.Load(v0 + x), shade, neutralV);
            Vector.Store(Vector.Load(window + x) + (du * du + dv * dv) / (plain + share * Vector.Load(edges + x)), window + x);
        }

        _window.ExtendRow(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeLeast(int y)
    {
        float* above = _window.Row(y - 1), here = _window.Row(y), below = _window.Row(y + 1), misfit = Misfit.Row(y);
        for (int x = 0; x < Misfit.Width; x += Vector<float>.Count) Vector.Store(Vector.Min(Vector.Min(Least(above + x), Least(here + x)), Least(below + x)), misfit + x);
    }

    /// <summary>
    /// How far a value is outside of the interval between an expectation and its dimmed form, towards no colour or towards what the white balance makes of black:
    /// which one a camera does depends on where it sets the balance.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Beyond(Vector<float> value, Vector<float> expected, Vector<float> shade, Vector<float> neutral)
    {
        Vector<float> dimmed = expected * shade, other = dimmed + neutral * (Vector<float>.One - shade);
        Vector<float> least = Vector.Min(Vector.Min(dimmed, other), expected), most = Vector.Max(Vector.Max(dimmed, other), expected);
        return Vector.Max(Vector<float>.Zero, Vector.Max(least - value, value - most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sum(float* at) => Vector.Load(at - 1) + Vector.Load(at) + Vector.Load(at + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Least(float* at) => Vector.Min(Vector.Min(Vector.Load(at - 1), Vector.Load(at)), Vector.Load(at + 1));
}
