namespace Camfx.Imaging.Warping;

/// <summary>A run of samples whose places lie on a straight line.</summary>
internal unsafe struct WarpRun
{
    public int X;
    public int Y;

    /// <summary>From one sample to the next.</summary>
    public int StepX;
    public int StepY;
    public byte* Target;
}
