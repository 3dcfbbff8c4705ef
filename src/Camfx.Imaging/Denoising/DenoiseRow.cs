namespace Camfx.Imaging.Denoising;

/// <summary>What the kernels of <see cref="TemporalPlane"/> read and write: rows of differences, each with room beyond both ends, the plane's row, and what is remembered of it.</summary>
internal unsafe struct DenoiseRow
{
    public short* Above2;
    public short* Above;
    public short* Middle;
    public short* Below;
    public short* Below2;

    /// <summary>The sums of columns, with room beyond both ends.</summary>
    public short* Sums;

    /// <summary>What is remembered: codes with seven fractional bits.</summary>
    public short* Memory;

    /// <summary>The plane's row; the result goes there too.</summary>
    public byte* Codes;

    /// <summary>Differences up to this, in quarters of a code, are noise.</summary>
    public short Threshold;

    /// <summary>How fast a difference beyond it becomes motion.</summary>
    public short Slope;

    /// <summary>The share of the new frame where nothing moves, of 255.</summary>
    public short Least;
}
