using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Segmentation;

/// <summary>A room, its empty scene, and the small pictures that an analysis gets of it.</summary>
internal sealed unsafe class Stage
{
    private const int Calibration = 12;

    private readonly Scaler _scaler;
    private readonly Picture _small;
    private int _moment;

    public Stage(int seed, int height = 540, int width = 256, int lines = 144)
    {
        Room = new Room(seed, height);
        _scaler = new Scaler(Room.Width, height, width, lines);
        _small = new Picture(PixelFormat.I420, width, lines);
        Mask = new Picture(PixelFormat.Gray8, width, lines);
        (float exposure, float u, float v) = (Room.Exposure, Room.WhiteU, Room.WhiteV);
        (Room.Exposure, Room.WhiteU, Room.WhiteV) = (1, 0, 0);
        Picture empty = Room.Look(isEmpty: true, hasShadow: false);
        (Room.Exposure, Room.WhiteU, Room.WhiteV) = (exposure, u, v);
        EmptySceneRecorder recorder = new(width, lines);
        for (int i = 0; i < Calibration; i++) recorder.Add(Take(empty));
        Scene = recorder.Finish();
        Segmenter = new PlateSegmenter(Scene);
    }

    public Room Room { get; }

    public EmptyScene Scene { get; }

    public PlateSegmenter Segmenter { get; }

    /// <summary>What <see cref="Segment"/> found.</summary>
    public Picture Mask { get; }

    /// <summary>The small picture that the camera gives of what it sees, with new noise.</summary>
    public FrameView Take(Picture seen)
    {
        _scaler.Scale(Room.Shoot(seen, _moment++).View, _small.View);
        return _small.View;
    }

    /// <summary>Finds who is in front of what the camera sees.</summary>
    public void Segment(Picture seen) => Segmenter.Segment(Take(seen), Mask.View);

    /// <summary>What mask and truth have in common, as a share of what either has.</summary>
    public double Overlap(float moved = 0)
    {
        int both = 0, either = 0;
        for (int y = 0; y < Mask.View.Height; y++)
        {
            for (int x = 0; x < Mask.View.Width; x++)
            {
                bool found = Mask[0, x, y] >= 128, there = Room.IsInFront(x + 0.5f, y + 0.5f, Mask.View.Height, moved);
                if (found && there) both++;
                if (found || there) either++;
            }
        }

        return (double)both / either;
    }

    /// <summary>The share of the picture that is said to be in front.</summary>
    public double Found() => Mask.ToArray().Average(static value => value / 255.0);
}
