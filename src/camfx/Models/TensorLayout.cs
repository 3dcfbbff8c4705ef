namespace Camfx.Models;

/// <summary>In which order the numbers of a picture lie.</summary>
internal enum TensorLayout
{
    /// <summary>One channel behind the other.</summary>
    Nchw,

    /// <summary>Pixel behind pixel, each with its channels.</summary>
    Nhwc,
}
