using Camfx.Imaging.Segmentation;

namespace Camfx.Imaging;

/// <summary>
/// What a camera sees when nobody is in front of it: for each pixel of a small I420 picture the mean and how far noise spreads it. Taken by
/// <see cref="EmptySceneRecorder"/>, kept in a file, used by <see cref="PlateSegmenter"/>.
/// </summary>
/// <remarks>Immutable, so thread-safe.</remarks>
public sealed class EmptyScene
{
    private readonly ScenePlane[] _planes;

    internal EmptyScene(int width, int height, params ScenePlane[] planes)
    {
        Width = width;
        Height = height;
        _planes = planes;
    }

    /// <summary>Width in pixels, even.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, even.</summary>
    public int Height { get; }

    /// <summary>The noise of luma: the median over all pixels of the standard deviation in time, in levels.</summary>
    public double Noise => _planes[0].MedianDeviation();

    /// <summary>Writes the scene, so that <see cref="Load"/> reads it again.</summary>
    /// <exception cref="IOException">The stream does not take it.</exception>
    public void Save(Stream stream) => EmptySceneFile.Write(this, stream);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">This is no such file, one of another version, or a damaged one.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static EmptyScene Load(Stream stream) => EmptySceneFile.Read(stream);

    /// <summary>Luma, U or V (0 to 2); the chroma planes have half the size each way.</summary>
    internal ScenePlane Plane(int plane) => _planes[plane];
}
