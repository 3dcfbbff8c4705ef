using Camfx.Frames;
using Camfx.Imaging.Denoising;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>
/// Takes noise out of a stream of I420 pictures: lightly by each sample's neighbourhood, and mostly by the frames before, but only where nothing moves. What moves by more than the noise
/// is shown as it is, so nothing is drawn after it.
/// </summary>
/// <remarks>Thread-bound; remembers the last picture. Only the constructor allocates: two bytes a sample, three a pixel.</remarks>
public sealed unsafe class Denoiser
{
    // The neighbourhood leaves 0.27 of the noise, in quarters of a code; beyond three deviations and a bit it is motion.
    private const double ThresholdOfNoise = 4 * 0.27 * 3.2;
    private const short Slope = 16;

    private readonly TemporalPlane[] _planes;
    private readonly NeighbourWalk _walk;
    private readonly short _threshold;
    private readonly short _least;
    private readonly short _soften;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Prepares for frames of one size.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="noise">Standard deviation of the noise, in codes, 0 to 16.</param>
    /// <param name="smoothing">How much of what was before is kept where nothing moves, 0 to 0.98.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Denoiser(int width, int height, double noise, double smoothing)
    {
        if (!(noise is >= 0 and <= 16)) throw new ArgumentOutOfRangeException(nameof(noise), noise, "The noise goes from 0 to 16 codes.");
        if (!(smoothing is >= 0 and <= 0.98)) throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing goes from 0 to 0.98.");
        (_width, _height) = (width, height);
        _planes = [new(width, height), new((width + 1) / 2, (height + 1) / 2), new((width + 1) / 2, (height + 1) / 2)];
        _walk = new NeighbourWalk(width);
        _threshold = (short)Math.Round(noise * ThresholdOfNoise);
        _least = (short)Math.Round(255 * (1 - smoothing));
        _soften = (short)Math.Round(noise / 2);
    }

    /// <summary>Takes the noise out of the next frame, in place.</summary>
    /// <param name="frame">An I420 picture of the size given to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        if (frame.Width != _width || frame.Height != _height)
            throw new ArgumentException($"This denoiser is for {_width}x{_height}; got {frame.Width}x{frame.Height}.");
        for (int plane = 0; plane < 3; plane++)
        {
            byte* codes = frame.Plane(plane);
            int stride = frame.Stride(plane), width = PlaneGeometry.RowBytes(frame.Format, _width, plane), height = PlaneGeometry.Rows(frame.Format, _height, plane);
            if (_soften > 0) _walk.Run(codes, stride, codes, stride, width, height, new Soften(_soften));
            _planes[plane].Apply(codes, stride, _threshold, Slope, _least);
        }
    }

    private readonly struct Soften(short most) : INeighbourWork
    {
        public void Run(in NeighbourRow row, int width)
        {
            NeighbourRow own = row;
            own.Value0 = most;
            Traversal.Run<ColumnSumKernel, NeighbourRow>(own, width + 2 * ColumnSumKernel.Beyond);
            Traversal.Run<SoftenKernel, NeighbourRow>(own, width);
        }
    }
}
