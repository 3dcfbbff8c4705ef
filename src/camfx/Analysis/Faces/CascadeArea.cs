using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Imaging;

namespace Camfx.Analysis.Faces;

/// <summary>A weighted rectangle as four places in a picture's sums.</summary>
/// <param name="right">Columns in it.</param>
/// <param name="down">Sums from its first row to behind its last one.</param>
/// <param name="start">Sums from the window's first one to its own.</param>
/// <param name="weight">Its weight.</param>
internal readonly unsafe struct CascadeArea(int right, int down, int start, float weight)
{
    public readonly float Weight = weight;

    private readonly int _start = start;
    private readonly int _right = right;
    private readonly int _down = down;

    public static CascadeArea Of(in PixelRectangle area, float weight, int stride) =>
        new(area.Width, area.Height * stride, area.Y * stride + area.X, weight);

    /// <summary>Its weighted sum in each of neighbouring windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Sum(uint* sums)
    {
        uint* top = sums + _start, bottom = top + _down;
        Vector256<uint> sum = Vector256.Load(top) - Vector256.Load(top + _right) - Vector256.Load(bottom) + Vector256.Load(bottom + _right);
        return Vector256.Create(Weight) * Vector256.ConvertToSingle(sum.AsInt32());
    }
}
