using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>Takes specks away and fills holes, but those through which the scene is really seen.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class Cleaning(int width, int height)
{
    // A part in front is at least so large, as a share of the picture and of the largest part.
    private const double SpeckOfPicture = 0.004, SpeckOfLargest = 0.04;

    // A hole smaller than this is none; one that is dimmed and smaller than that is somebody's clothes that look like the wall rather than a shadow.
    private const double LeastHole = 0.00065, LeastDimmedHole = 0.004;

    // Misfit of the scene, and difference in standard deviations when it is not dimmed.
    private const float Explained = 1, SameLight = 2;

    private readonly Regions _regions = new(width, height);

    /// <summary>Cleans a picture of zeros (behind) and ones (in front).</summary>
    public void Clean(byte[] front, Evidence evidence, Raster luma, float noise)
    {
        _regions.Find(front);
        int largest = 0;
        for (int run = 0; run < _regions.Count; run++)
            if (_regions[run].IsOne) largest = Math.Max(largest, _regions.Size(run));
        double least = Math.Max(SpeckOfPicture * width * height, SpeckOfLargest * largest);
        bool changed = false;
        for (int run = 0; run < _regions.Count; run++)
        {
            if (!_regions[run].IsOne || _regions.Size(_regions.Root(run)) >= least) continue;
            Set(front, _regions[run], 0);
            changed = true;
        }

        if (largest < least) return;
        if (changed) _regions.Find(front);
        for (int run = 0; run < _regions.Count; run++)
        {
            int root = _regions.Root(run);
            if (_regions[run].IsOne || _regions.IsOpen(root)) continue;
            if (_regions.Size(root) < LeastHole * width * height) Set(front, _regions[run], 1);
            else if (root == run && IsInFront(run, evidence, luma, noise)) Close(front, run);
        }
    }

    /// <summary>Whether a hole, given by its root, is somebody who looks like the scene.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsInFront(int root, Evidence evidence, Raster luma, float noise)
    {
        int size = _regions.Size(root);
        int explained = 0, same = 0;
        for (int run = root; run < _regions.Count; run++)
        {
            if (_regions.Root(run) != root) continue;
            Run part = _regions[run];
            float* misfit = evidence.Misfit.Row(part.Row), now = luma.Row(part.Row), expected = evidence.Expected.Row(part.Row);
            for (int x = part.Start; x < part.End; x++)
            {
                if (misfit[x] < Explained) explained++;
                if (MathF.Abs(now[x] - expected[x]) < SameLight * noise) same++;
            }
        }

        if (2 * explained < size) return true;
        return 2 * same < size && size < LeastDimmedHole * width * height;
    }

    private void Close(byte[] front, int root)
    {
        for (int run = root; run < _regions.Count; run++)
            if (_regions.Root(run) == root) Set(front, _regions[run], 1);
    }

    private void Set(byte[] front, in Run run, byte value) => front.AsSpan(run.Row * width + run.Start, run.End - run.Start).Fill(value);
}
