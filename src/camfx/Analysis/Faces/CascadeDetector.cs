using System.Numerics;
using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Analysis.Faces;

/// <summary>Finds faces with a cascade: in every place of the picture, which is made smaller and smaller, until a face would fill it.</summary>
/// <remarks>Thread-bound. Allocates nothing once it is made.</remarks>
internal sealed class CascadeDetector : IFaceDetector
{
    /// <summary>The smallest face that is found, as a part of the picture's height.</summary>
    public const int SmallestFace = 8;

    private const double Step = 1.2;

    // While windows are many they are tried in every other row only, and count twice; a face is found by windows a pixel above it, too.
    private const double Finely = 2;

    private readonly FaceGroups _groups = new();
    private readonly List<Level> _levels = [];
    private readonly BrightnessSums _sums;
    private readonly CascadeWindow _window;
    private readonly Cascade _cascade;

    /// <summary>Prepares for pictures of a camera.</summary>
    /// <param name="cascade">What it finds them with.</param>
    /// <param name="width">Of the camera; only its shape counts.</param>
    /// <param name="height">Of the camera; only its shape counts.</param>
    public CascadeDetector(Cascade cascade, int width, int height)
    {
        _cascade = cascade;
        Height = cascade.Height * SmallestFace;
        Width = Math.Clamp((int)Math.Round((double)Height * width / height / 2) * 2, cascade.Width, 4 * Height);
        _sums = new BrightnessSums(Width, Height);
        _window = new CascadeWindow(cascade, _sums);
        for (double scale = 1; ; scale *= Step)
        {
            int levelWidth = (int)Math.Round(Width / scale), levelHeight = (int)Math.Round(Height / scale);
            if (levelWidth < cascade.Width || levelHeight < cascade.Height) break;
            _levels.Add(new Level(Width, Height, levelWidth, levelHeight, scale < Finely ? 2 : 1));
        }
    }

    public int Width { get; }

    public int Height { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Detect(in FrameView picture, Span<FaceBox> faces)
    {
        _groups.Clear();
        foreach (Level level in _levels)
        {
            FrameView view = level.Take(picture);
            _sums.Take(view);
            double scaleX = (double)Width / view.Width, scaleY = (double)Height / view.Height;
            int right = view.Width - _cascade.Width, bottom = view.Height - _cascade.Height;
            for (int y = 0; y <= bottom; y += level.Stride)
            {
                for (int x = 0; x <= right; x += CascadeWindow.Lanes)
                {
                    uint wanted = uint.MaxValue >> 32 - Math.Min(CascadeWindow.Lanes, right + 1 - x);
                    for (uint found = _window.Faces(x, y, wanted); found != 0; found &= found - 1)
                    {
                        FaceBox window = new(x + BitOperations.TrailingZeroCount(found), y, _cascade.Width, _cascade.Height, level.Stride);
                        _groups.Add(window.Scaled(scaleX, scaleY));
                    }
                }
            }
        }

        return _groups.Write(faces);
    }

    public void Dispose()
    {
        foreach (Level level in _levels) level.Dispose();
    }

    private sealed unsafe class Level(int width, int height, int levelWidth, int levelHeight, int stride) : IDisposable
    {
        private readonly Scaler _scaler = new(width, height, levelWidth, levelHeight);
        private readonly FrameBuffer _buffer =
            new(FrameLayout.Packed(PixelFormat.Gray8, levelWidth, levelHeight), ColorMatrix.Bt601, ColorRange.Limited);

        /// <summary>From one row of windows to the next.</summary>
        public int Stride => stride;

        /// <summary>The picture's brightness at this size.</summary>
        public FrameView Take(in FrameView picture)
        {
            FrameView luma = new(
                PixelFormat.Gray8, picture.Width, picture.Height, picture.Matrix, picture.Range, picture.Row(0, 0), picture.Stride(0), null, 0, null, 0);
            _scaler.Scale(luma, _buffer.View);
            return _buffer.View;
        }

        public void Dispose() => _buffer.Dispose();
    }
}
