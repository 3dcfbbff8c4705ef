using Camfx.Analysis.Faces;

namespace Camfx.Effects.AutoFrame;

/// <summary>
/// Does what a good camera operator does: keeps faces where they belong, lets small movements be, moves softly, waits a while for who is gone, and then
/// shows the whole picture again.
/// </summary>
/// <param name="width">Of the picture, in pixels.</param>
/// <param name="height">Of the picture, in pixels.</param>
/// <param name="zoom">How much larger a single face is shown; 1: not at all.</param>
/// <param name="hold">Seconds for which it waits for a face that is gone.</param>
/// <param name="ease">Seconds that two thirds of a way take.</param>
/// <remarks>Thread-bound. Allocates nothing.</remarks>
internal sealed class CameraOperator(int width, int height, double zoom, double hold, double ease)
{
    /// <summary>Where the middle of the faces is kept, as a part of the height that is shown: there is more to see of people below their faces.</summary>
    public const double Headroom = 0.45;

    // As a part of what is shown: as far as faces move before the picture does.
    private const double DeadZone = 0.03;

    // As a part of the size: as much as it differs before the picture does.
    private const double SizeDeadZone = 0.15;

    // How much of what is shown faces may fill.
    private const double Fill = 0.6;

    // Back to the whole picture it goes slowly.
    private const double Slowness = 3;

    private DampedValue _centerX = new(width / 2.0);
    private DampedValue _centerY = new(height / 2.0);
    private DampedValue _height = new(height);
    private Shot _wanted = new(width / 2.0, height / 2.0, height);
    private long _time = -1;
    private long _seen = long.MinValue / 2;

    /// <summary>What is shown now.</summary>
    /// <param name="faces">Those of the newest picture there are any of, in pixels, the largest first.</param>
    /// <param name="time">Of the frame, in ns.</param>
    public Shot Follow(ReadOnlySpan<FaceBox> faces, long time)
    {
        double passed = _time < 0 ? 0 : Math.Max(0, (time - _time) / 1e9), rate = 2 / ease;
        _time = time;
        if (!faces.IsEmpty)
        {
            _seen = time;
            _wanted = Limited(Frame(faces));
        }
        else if (time - _seen > hold * 1e9)
        {
            _wanted = new Shot(width / 2.0, height / 2.0, height);
            rate /= Slowness;
        }

        _centerX.Follow(_wanted.CenterX, passed, rate);
        _centerY.Follow(_wanted.CenterY, passed, rate);
        _height.Follow(_wanted.Height, passed, rate);
        return Limited(new Shot(_centerX.Value, _centerY.Value, _height.Value));
    }

    /// <summary>The shot before, moved as little as it must.</summary>
    private Shot Frame(ReadOnlySpan<FaceBox> faces)
    {
        FaceBox all = faces[0];
        foreach (FaceBox face in faces[1..])
            if (HeightFor(all.With(face)) <= height) all = all.With(face);
        double size = Math.Min(height, Math.Max(height / zoom, HeightFor(all)));
        if (Math.Abs(size - _wanted.Height) < SizeDeadZone * _wanted.Height && _wanted.Height < height) size = _wanted.Height;
        double centerY = all.CenterY + (0.5 - Headroom) * size;
        double free = DeadZone * size;
        return new Shot(
            Math.Clamp(_wanted.CenterX, all.CenterX - free * width / height, all.CenterX + free * width / height),
            Math.Clamp(_wanted.CenterY, centerY - free, centerY + free), size);
    }

    private double HeightFor(in FaceBox faces) => Math.Max(faces.Height, faces.Width * height / width) / Fill;

    /// <summary>The same within the picture.</summary>
    private Shot Limited(in Shot shot)
    {
        double size = Math.Clamp(shot.Height, 2, height), halfWidth = size * width / height / 2;
        return new Shot(
            Math.Clamp(shot.CenterX, halfWidth, Math.Max(halfWidth, width - halfWidth)), Math.Clamp(shot.CenterY, size / 2, height - size / 2), size);
    }
}
