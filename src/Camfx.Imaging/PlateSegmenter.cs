using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Segmentation;

namespace Camfx.Imaging;

/// <summary>
/// Who is in front, without any model: what differs from an empty scene taken before. It follows the exposure and the white balance, takes shadows for what they
/// are, and says when the camera moved. Somebody dressed in exactly the wall behind cannot be seen, but for holes in what is seen.
/// </summary>
/// <remarks>Thread-bound. Nothing allocates but the constructor.</remarks>
public sealed unsafe class PlateSegmenter
{
    private readonly Backdrop _backdrop;
    private readonly Raster _luma;
    private readonly Raster[] _reduced;
    private readonly byte[] _front;
    private readonly ColorFit _fit;
    private readonly NoiseMeter _noise = new();
    private readonly Evidence _evidence;
    private readonly Field _field;
    private readonly Cleaning _cleaning;
    private readonly Rim _rim;
    private readonly History _history;
    private readonly SceneWatch _watch;

    /// <summary>Prepares for pictures of one scene.</summary>
    public PlateSegmenter(EmptyScene scene)
    {
        Scene = scene;
        int width = scene.Width, height = scene.Height;
        _backdrop = new Backdrop(scene);
        _luma = new Raster(width, height);
        _reduced = [new Raster(width / 2, height / 2), new Raster(width / 2, height / 2), new Raster(width / 2, height / 2)];
        _front = new byte[width * height];
        _fit = new ColorFit(_backdrop);
        _evidence = new Evidence(_backdrop);
        _field = new Field(width, height);
        _cleaning = new Cleaning(width, height);
        _rim = new Rim(width, height);
        _history = new History(width, height);
        _watch = new SceneWatch(_backdrop);
    }

    /// <summary>The scene without anybody.</summary>
    public EmptyScene Scene { get; }

    /// <summary>Whether the empty scene should be taken again: the masks mean little then.</summary>
    public bool IsStale => Change != PlateChange.None;

    /// <summary>What changed, when <see cref="IsStale"/>. Twenty pictures in a row must say the same before it is believed.</summary>
    public PlateChange Change => _watch.Change;

    /// <summary>Finds who is in front.</summary>
    /// <param name="picture">An I420 picture of the scene's size, the next one of the camera.</param>
    /// <param name="mask">Gray8 of the scene's size, written: 255 is in front, 0 behind, between at the outline.</param>
    /// <exception cref="ArgumentException">A format or size does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Segment(in FrameView picture, in FrameView mask)
    {
        FrameCheck.I420(picture);
        if (mask.Format != PixelFormat.Gray8) throw new ArgumentException($"Expected a Gray8 mask, got {mask.Format}.");
        FrameCheck.SameSize(picture, mask);
        if (picture.Width != Scene.Width || picture.Height != Scene.Height)
            throw new ArgumentException($"The empty scene is {Scene.Width}x{Scene.Height} but the picture is {picture.Width}x{picture.Height}.");
        Take(picture);
        _fit.Fit(_reduced, _backdrop.LumaNoise);
        _evidence.Expect(_fit.Coefficients);
        float noise = _noise.Measure(_luma, _evidence.Expected, _backdrop.LumaNoise);
        float chromaNoise = Math.Max(
            _noise.Measure(_reduced[1], _evidence.ExpectedChroma(1), _backdrop.ChromaNoise),
            _noise.Measure(_reduced[2], _evidence.ExpectedChroma(2), _backdrop.ChromaNoise));
        _history.Compare(_luma, noise);
        _evidence.Weigh(_luma, _reduced[1], _reduced[2], noise, chromaNoise);
        _watch.Look(_luma, _evidence.Misfit, _fit.Coefficients[1]);
        _field.Solve(_evidence, _luma, _history.Leaning, noise);
        for (int y = 0; y < mask.Height; y++)
        {
            float* decided = _field.Result.Row(y);
            Span<byte> row = _front.AsSpan(y * mask.Width, mask.Width);
            for (int x = 0; x < row.Length; x++) row[x] = decided[x] > 0 ? (byte)1 : (byte)0;
        }

        _cleaning.Clean(_front, _evidence, _luma, noise);
        for (int y = 0; y < mask.Height; y++)
        {
            _rim.Row(_front, y, _evidence, _luma, _reduced[1], _reduced[2], noise, mask.Row(0, y));
            _history.Smooth(y, mask.Row(0, y));
        }
    }

    /// <summary>Forgets all pictures before: the next one is as the first. <see cref="IsStale"/> is false again until it is found anew.</summary>
    public void Reset()
    {
        _fit.Reset();
        _history.Reset();
        _watch.Reset();
    }

    private void Take(in FrameView picture)
    {
        for (int y = 0; y < picture.Height; y++) _luma.SetRow(y, picture.Row(0, y), 0);
        _luma.Extend();
        for (int y = 0; y < picture.Height / 2; y++)
        {
            byte* upper = picture.Row(0, 2 * y), lower = picture.Row(0, 2 * y + 1);
            float* reduced = _reduced[0].Row(y);
            for (int x = 0; x < picture.Width / 2; x++) reduced[x] = (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) * 0.25f - 128;
            _reduced[1].SetRow(y, picture.Row(1, y), 128);
            _reduced[2].SetRow(y, picture.Row(2, y), 128);
        }

        _reduced[1].Extend();
        _reduced[2].Extend();
    }
}
