using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// What the picture before came to, for the places that did not change: there the decision leans to the old one and the mask follows slowly, so that a still
/// picture does not flicker. Where anything changed, nothing is kept, so that nobody leaves a ghost.
/// </summary>
/// <remarks>Thread-bound. Every operation is one on a single element, so that the result has the same bits at every vector width.</remarks>
internal sealed unsafe class History
{
    // In standard deviations of one pixel: the largest change in a 3x3 window up to which nothing moved is this less one.
    private const float Changed = 4.5f;

    // How much of the way to a new mask a still pixel goes: little for a little, which is noise, and most of it when it was decided anew, as where somebody left who looked like the wall.
    private const float Follow = 0.2f, FollowDecision = 0.7f, Decision = 64;

    private readonly Raster _luma;
    private readonly Raster _change;
    private readonly Raster _still;
    private readonly Raster _mask;
    private bool _known;

    public History(int width, int height)
    {
        _luma = new Raster(width, height);
        _change = new Raster(width, height);
        _still = new Raster(width, height);
        _mask = new Raster(width, height);
        Leaning = new Raster(width, height);
    }

    /// <summary>-1 (behind) to 1 (in front) where nothing changed, 0 elsewhere.</summary>
    public Raster Leaning { get; }

    public void Reset() => _known = false;

    /// <summary>Compares a picture with the one before, and keeps it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compare(Raster luma, float noise)
    {
        Vector<float> scale = new(0.7071f / noise);
        for (int y = 0; y < luma.Height; y++)
        {
            float* now = luma.Row(y), before = _luma.Row(y), change = _change.Row(y);
            for (int x = 0; x < luma.Width; x += Vector<float>.Count)
            {
                Vector<float> level = Vector.Load(now + x);
                Vector.Store(Vector.Abs(level - Vector.Load(before + x)) * scale, change + x);
                Vector.Store(level, before + x);
            }

            _change.ExtendRow(y);
        }

        _change.ExtendVertically();
        if (_known)
        {
            for (int y = 0; y < luma.Height; y++) Judge(y);
            return;
        }

        _known = true;
        Leaning.Fill(0);
        _still.Fill(0);
    }

    /// <summary>Smooths a row of the mask in time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Smooth(int y, byte* mask)
    {
        float* shown = _mask.Row(y), still = _still.Row(y);
        for (int x = 0; x < _mask.Width; x++)
        {
            float difference = mask[x] - shown[x], follow = MathF.Abs(difference) < Decision ? Follow : FollowDecision;
            shown[x] += difference * (1 - still[x] * (1 - follow));
            mask[x] = (byte)(shown[x] + 0.5f);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Judge(int y)
    {
        float* above = _change.Row(y - 1), here = _change.Row(y), below = _change.Row(y + 1);
        float* still = _still.Row(y), mask = _mask.Row(y), leaning = Leaning.Row(y);
        Vector<float> changed = new(Changed), one = Vector<float>.One;
        for (int x = 0; x < _still.Width; x += Vector<float>.Count)
        {
            Vector<float> most = Vector.Max(Vector.Max(Most(above + x), Most(here + x)), Most(below + x));
            Vector<float> share = Vector.Min(Vector.Max(changed - most, Vector<float>.Zero), one);
            Vector.Store(share, still + x);
            Vector.Store(share * (Vector.Load(mask + x) * (2 / 255f) - one), leaning + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Most(float* at) => Vector.Max(Vector.Max(Vector.Load(at - 1), Vector.Load(at)), Vector.Load(at + 1));
}
