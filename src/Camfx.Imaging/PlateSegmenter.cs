using Camfx.Frames;
using Camfx.Imaging.Segmentation;

namespace Camfx.Imaging;

/// <summary>
/// Who is in front, without any model: what differs from an empty scene taken before. It follows the exposure, the white balance and shadows, and says when
/// the camera moved.
/// </summary>
/// <remarks>Thread-bound. Nothing allocates but the constructor.</remarks>
public sealed unsafe class PlateSegmenter
{
    private readonly EmptyScene _scene;

    /// <summary>Prepares for pictures of one scene.</summary>
    public PlateSegmenter(EmptyScene scene) => _scene = scene;

    /// <summary>The scene without anybody.</summary>
    public EmptyScene Scene => _scene;

    /// <summary>Whether the empty scene should be taken again: the masks mean little then.</summary>
    public bool IsStale => Change != PlateChange.None;

    /// <summary>What changed, when <see cref="IsStale"/>.</summary>
    public PlateChange Change { get; private set; }

    /// <summary>Finds who is in front.</summary>
    /// <param name="picture">An I420 picture of the scene's size, the next one of the camera.</param>
    /// <param name="mask">Gray8 of the scene's size, written: 255 is in front, 0 behind.</param>
    /// <exception cref="ArgumentException">A format or size does not fit.</exception>
    public void Segment(in FrameView picture, in FrameView mask)
    {
        FrameCheck.I420(picture);
        if (mask.Format != PixelFormat.Gray8) throw new ArgumentException($"Expected a Gray8 mask, got {mask.Format}.");
        FrameCheck.SameSize(picture, mask);
        if (picture.Width != _scene.Width || picture.Height != _scene.Height)
            throw new ArgumentException($"The empty scene is {_scene.Width}x{_scene.Height} but the picture is {picture.Width}x{picture.Height}.");
        ScenePlane luma = _scene.Plane(0), u = _scene.Plane(1), v = _scene.Plane(2);
        for (int y = 0; y < _scene.Height; y++)
        {
            byte* target = mask.Row(0, y);
            for (int x = 0; x < _scene.Width; x++)
            {
                int small = y / 2 * u.Width + x / 2;
                int away = Math.Abs(picture.Row(0, y)[x] - (luma.Means[y * luma.Width + x] >> ScenePlane.Bits))
                    + 2 * Math.Abs(picture.Row(1, y / 2)[x / 2] - (u.Means[small] >> ScenePlane.Bits))
                    + 2 * Math.Abs(picture.Row(2, y / 2)[x / 2] - (v.Means[small] >> ScenePlane.Bits));
                target[x] = away > 20 ? (byte)255 : (byte)0;
            }
        }
    }

    /// <summary>Forgets all pictures before: the next one is as the first. <see cref="IsStale"/> is false again until it is found anew.</summary>
    public void Reset() => Change = PlateChange.None;
}
