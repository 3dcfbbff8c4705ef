using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Analysis.Faces;

/// <summary>A node of a tree, ready to be asked.</summary>
/// <param name="node">The node.</param>
/// <param name="stride">Sums in a row.</param>
internal readonly unsafe struct CascadeQuestion(in CascadeNode node, int stride)
{
    private readonly CascadeArea _first = CascadeArea.Of(node.Areas[0], node.Weights[0], stride);
    private readonly CascadeArea _second = CascadeArea.Of(node.Areas[1], node.Weights[1], stride);
    private readonly CascadeArea _third = CascadeArea.Of(node.Areas[2], node.Weights[2], stride);
    private readonly float _threshold = node.Threshold;

    /// <summary>As <see cref="CascadeNode.Below"/>.</summary>
    public readonly int Below = node.Below;

    /// <summary>As <see cref="CascadeNode.Otherwise"/>.</summary>
    public readonly int Otherwise = node.Otherwise;

    /// <summary>In which of neighbouring windows the sum is below the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> IsBelow(uint* sums, Vector256<float> deviation)
    {
        Vector256<float> sum = _first.Sum(sums) + _second.Sum(sums);
        if (_third.Weight != 0) sum += _third.Sum(sums);
        return Vector256.LessThan(sum, Vector256.Create(_threshold) * deviation);
    }
}
