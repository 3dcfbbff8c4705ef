namespace Camfx.Imaging.Neighbours;

/// <summary>Makes one row out of its neighbours: a few kernels in turn. Implemented by structs.</summary>
internal interface INeighbourWork
{
    /// <summary>Makes the row of so many bytes.</summary>
    void Run(in NeighbourRow row, int width);
}
