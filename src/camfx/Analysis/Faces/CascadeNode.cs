using System.Runtime.CompilerServices;

namespace Camfx.Analysis.Faces;

/// <summary>A question of a tree: whether the weighted sums of up to three rectangles are below a threshold.</summary>
internal struct CascadeNode
{
    /// <summary>Rectangles of a question.</summary>
    public const int MostRectangles = 3;

    public Rectangles Areas;
    public Numbers Weights;

    /// <summary>For a window whose brightness has a standard deviation of 1.</summary>
    public float Threshold;

    /// <summary>Where it goes on when the sum is below: a node, or ~leaf.</summary>
    public int Below;

    /// <summary>Where it goes on when it is not.</summary>
    public int Otherwise;

    [InlineArray(MostRectangles)]
    public struct Rectangles
    {
        private Imaging.PixelRectangle _first;
    }

    [InlineArray(MostRectangles)]
    public struct Numbers
    {
        private float _first;
    }
}
