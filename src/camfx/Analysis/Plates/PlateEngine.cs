using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Analysis.Plates;

/// <summary>The engine <c>plate</c>: who is in front is what differs from the empty scene.</summary>
internal sealed class PlateEngine(EmptyScene scene) : ISegmenter
{
    /// <summary>What helps whenever there is no picture of the empty scene, or it is of no use.</summary>
    public const string Remedy = "run camfx calibrate and step aside.";

    private readonly PlateSegmenter _segmenter = new(scene);

    public string? Problem => _segmenter.Change switch
    {
        PlateChange.None => null,
        PlateChange.CameraMoved => $"The camera was moved after the picture of the empty scene was taken; {Remedy}",
        _ => $"The light is another one than in the picture of the empty scene; {Remedy}",
    };

    public void Segment(in FrameView picture, in FrameView mask) => _segmenter.Segment(picture, mask);

    public void Dispose()
    {
    }
}
