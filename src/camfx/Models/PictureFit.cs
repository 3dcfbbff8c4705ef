namespace Camfx.Models;

/// <summary>How a picture of another shape is brought to the size that a network takes.</summary>
internal enum PictureFit
{
    /// <summary>Both directions on their own.</summary>
    Stretch,

    /// <summary>Its shape stays; black bars fill the rest.</summary>
    Letterbox,
}
