using Camfx.Frames;
using Camfx.Imaging.Segmentation;

namespace Camfx.Imaging;

/// <summary>Takes an <see cref="EmptyScene"/>: two seconds of small pictures without anybody in them.</summary>
/// <remarks>Thread-bound. Nothing allocates but the constructor and <see cref="Finish"/>.</remarks>
public sealed class EmptySceneRecorder
{
    /// <summary>Pictures that are needed at least: with fewer the noise is not known.</summary>
    public const int SmallestCount = 10;

    // So few levels are a cloud or the camera's own control; so many times the usual noise is no noise.
    private const double StillLevels = 5, StillTimes = 5;

    // A clock or a leaf may move.
    private const double MovingShare = 0.02;

    private readonly PlaneStatistics[] _planes;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="width">Width in pixels, even, 2 to 4096; 256 for 16:9.</param>
    /// <param name="height">Height in pixels, the same; 144 for 16:9.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is odd or out of range.</exception>
    public EmptySceneRecorder(int width, int height)
    {
        foreach (int dimension in (ReadOnlySpan<int>)[width, height])
        {
            if (dimension is < 2 or > 4096 || dimension % 2 != 0)
                throw new ArgumentOutOfRangeException(dimension == width ? nameof(width) : nameof(height), dimension, "A dimension is even, 2 to 4096.");
        }

        Width = width;
        Height = height;
        _planes = [new PlaneStatistics(width, height), new PlaneStatistics(width / 2, height / 2), new PlaneStatistics(width / 2, height / 2)];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Pictures so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes one picture in.</summary>
    /// <param name="picture">I420, of the size given to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Add(in FrameView picture)
    {
        FrameCheck.I420(picture);
        if (picture.Width != Width || picture.Height != Height)
            throw new ArgumentException($"The empty scene is {Width}x{Height}; got {picture.Width}x{picture.Height}.");
        for (int plane = 0; plane < 3; plane++) _planes[plane].Add(picture, plane);
        Count++;
    }

    /// <summary>What all pictures so far say.</summary>
    /// <exception cref="InvalidOperationException">They are too few, or something moved while they were taken.</exception>
    public EmptyScene Finish()
    {
        if (Count < SmallestCount)
            throw new InvalidOperationException($"The empty scene needs {SmallestCount} pictures at least, got {Count}; take it for two seconds.");
        ScenePlane[] planes = [.. _planes.Select(plane => plane.Finish(Count))];
        double moving = planes.Max(Moving);
        if (moving > MovingShare)
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{moving * 100:0} % of the picture changed while the empty scene was taken; leave the picture, let the light be, and take it again."));
        return new EmptyScene(Width, Height, planes);
    }

    private static double Moving(ScenePlane plane)
    {
        double still = Math.Max(StillLevels, StillTimes * plane.MedianDeviation()) * (1 << ScenePlane.Bits);
        return plane.Deviations.Count(deviation => deviation > still) / (double)plane.Deviations.Length;
    }
}
