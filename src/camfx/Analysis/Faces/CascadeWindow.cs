using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Analysis.Faces;

/// <summary>A cascade laid over the sums of a picture: its rectangles are offsets there. Neighbouring windows are asked together.</summary>
/// <remarks>Thread-bound. Allocates nothing once it is made.</remarks>
internal sealed unsafe class CascadeWindow
{
    /// <summary>Windows that are asked together: the one at a place, and those right of it.</summary>
    public const int Lanes = 8;

    // What is flatter is a wall, not a face: OpenCV's own bound for the standard deviation.
    private const int LeastDeviation = 10;

    private readonly Cascade _cascade;
    private readonly BrightnessSums _sums;
    private readonly CascadeQuestion[] _questions;
    private readonly int _mostNodes;

    public CascadeWindow(Cascade cascade, BrightnessSums sums)
    {
        (_cascade, _sums) = (cascade, sums);
        _questions = [.. cascade.Nodes.Select(node => new CascadeQuestion(node, sums.Stride))];
        for (int tree = 0; tree < cascade.Roots.Length; tree++) _mostNodes = Math.Max(_mostNodes, End(tree) - cascade.Roots[tree]);
    }

    /// <summary>In which windows a face is.</summary>
    /// <param name="x">Left edge of the first window.</param>
    /// <param name="y">Top edge of the windows.</param>
    /// <param name="wanted">The windows that are asked: bit 0 is the first. Others may lie outside the picture.</param>
    /// <returns>Those of them with a face.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public uint Faces(int x, int y, uint wanted)
    {
        int at = y * _sums.Stride + x;
        Vector256<float> deviation = Deviation(at);
        float flat = LeastDeviation * (_cascade.Width - 2) * (_cascade.Height - 2);
        wanted &= Vector256.GreaterThan(deviation, Vector256.Create(flat)).ExtractMostSignificantBits();
        if (wanted == 0) return 0;

        uint* sums = _sums.Sums + at;
        Vector256<float>* answers = stackalloc Vector256<float>[_mostNodes];
        int tree = 0;
        foreach (CascadeStage stage in _cascade.Stages)
        {
            Vector256<float> said = Vector256<float>.Zero;
            for (; tree < stage.EndOfTrees; tree++)
            {
                // Nodes go on to later ones only: backwards, what they lead to is known.
                int root = _cascade.Roots[tree];
                for (int node = End(tree) - 1; node >= root; node--)
                {
                    ref readonly CascadeQuestion question = ref _questions[node];
                    answers[node - root] = Vector256.ConditionalSelect(
                        question.IsBelow(sums, deviation), Answer(question.Below, root, answers), Answer(question.Otherwise, root, answers));
                }

                said += answers[0];
            }

            wanted &= Vector256.GreaterThanOrEqual(said, Vector256.Create(stage.Threshold)).ExtractMostSignificantBits();
            if (wanted == 0) return 0;
        }

        return wanted;
    }

    private int End(int tree) => tree + 1 < _cascade.Roots.Length ? _cascade.Roots[tree + 1] : _cascade.Nodes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Answer(int next, int root, Vector256<float>* answers) =>
        next < 0 ? Vector256.Create(_cascade.Leaves[~next]) : answers[next - root];

    /// <summary>The standard deviations in the windows without their edges, times the area.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Deviation(int at)
    {
        int width = _cascade.Width - 2, height = _cascade.Height - 2, first = at + _sums.Stride + 1;
        CascadeArea area = new(width, height * _sums.Stride, 0, 1);
        Vector256<float> sum = area.Sum(_sums.Sums + first), square = area.Sum(_sums.Squares + first);
        return Vector256.Sqrt(Vector256.Create((float)(width * height)) * square - sum * sum);
    }
}
