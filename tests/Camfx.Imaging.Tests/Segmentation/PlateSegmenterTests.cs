using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Segmentation;

public sealed unsafe class PlateSegmenterTests
{
    [Fact]
    public void People_are_found_although_they_look_like_the_wall()
    {
        List<double> overlaps = [];
        for (int seed = 7000; seed < 7012; seed++)
        {
            Stage stage = new(seed);
            stage.Segment(stage.Room.Look());
            overlaps.Add(stage.Overlap());
        }

        string found = string.Join(' ', overlaps.Select(static overlap => FormattableString.Invariant($"{overlap:0.000}")));
        overlaps.Sort();
        Assert.True(overlaps[overlaps.Count / 2] >= 0.95, found);
        Assert.True(overlaps[1] >= 0.9, found);
    }

    [Theory]
    [InlineData(2001)]
    public void Their_outline_is_right_at_full_size(int seed)
    {
        Stage stage = new(seed, 1080);
        Picture seen = stage.Room.Look();
        stage.Segment(seen);
        Matte matte = new(1920, 1080);
        new GuidedUpsampler(256, 144, 1920, 1080).Apply(stage.Mask.View, stage.Room.Shoot(seen, 0).View, matte);
        double near = NearOutline(matte, stage.Room);
        Assert.True(near >= 0.4, FormattableString.Invariant($"Within 2 pixels: {near:0.000} of the edge."));
    }

    [Theory]
    [InlineData(0.85f, 5, -4)]
    [InlineData(1f, 0, 0)]
    [InlineData(1.15f, -5, 3)]
    public void Drifts_and_shadows_are_nobody(float exposure, int u, int v)
    {
        for (int seed = 3000; seed < 3003; seed++)
        {
            Stage stage = new(seed) { Room = { Exposure = exposure, WhiteU = u, WhiteV = v } };
            stage.Segment(stage.Room.Look(isEmpty: true));
            Assert.True(stage.Found() < 0.003, FormattableString.Invariant($"Seed {seed}: {stage.Found():0.0000} of the picture."));
        }
    }

    [Fact]
    public void A_still_picture_does_not_flicker()
    {
        Stage stage = new(4000);
        Picture seen = stage.Room.Look();
        for (int i = 0; i < 10; i++) stage.Segment(seen);
        double changes = 0;
        for (int i = 0; i < 10; i++)
        {
            byte[] before = stage.Mask.ToArray();
            stage.Segment(seen);
            changes += stage.Mask.ToArray().Zip(before, static (a, b) => Math.Abs(a - b)).Average();
        }

        Assert.True(changes / 10 < 0.5, FormattableString.Invariant($"{changes / 10:0.00} levels a picture."));
    }

    [Fact]
    public void Somebody_who_walks_leaves_no_ghost()
    {
        Stage stage = new(5000), alone = new(5000);
        for (int i = 0; i < 8; i++)
        {
            float moved = 0.04f * (i - 4);
            Picture seen = stage.Room.Look(moved: moved);
            stage.Segment(seen);
            alone.Segmenter.Reset();
            alone.Segment(seen);
            Assert.True(stage.Overlap(moved) > alone.Overlap(moved) - 0.03, FormattableString.Invariant($"{stage.Overlap(moved):0.000}, alone {alone.Overlap(moved):0.000}"));
        }

        Picture left = stage.Room.Look(isEmpty: true, hasShadow: false);
        for (int i = 0; i < 3; i++) stage.Segment(left);
        Assert.True(stage.Found() < 0.003, FormattableString.Invariant($"{stage.Found():0.0000} of the picture is left."));
    }

    [Fact]
    public void A_small_picture_of_4_to_3_is_fine_too()
    {
        // The camera's picture is squeezed, which is all the same to the truth about it.
        Stage stage = new(1001, width: 192);
        stage.Segment(stage.Room.Look());
        Assert.InRange(stage.Found(), 0.1, 0.6);
    }

    [Fact]
    public void Another_size_or_format_is_refused()
    {
        Stage stage = new(1000, 72);
        Picture small = new(PixelFormat.I420, 254, 144), wrong = new(PixelFormat.Nv12, 256, 144), right = new(PixelFormat.I420, 256, 144);
        Assert.Throws<ArgumentException>(() => stage.Segmenter.Segment(small.View, stage.Mask.View));
        Assert.Throws<ArgumentException>(() => stage.Segmenter.Segment(wrong.View, stage.Mask.View));
        Assert.Throws<ArgumentException>(() => stage.Segmenter.Segment(right.View, right.View));
    }

    [Fact]
    public void A_picture_allocates_nothing()
    {
        Stage stage = new(1000);
        FrameView picture = stage.Take(stage.Room.Look());
        stage.Segmenter.Segment(picture, stage.Mask.View);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) stage.Segmenter.Segment(picture, stage.Mask.View);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The share of the matte's edge pixels that have the outline within two pixels.</summary>
    private static double NearOutline(Matte matte, Room room)
    {
        int edges = 0, near = 0;
        for (int y = 3; y < matte.Height - 3; y++)
        {
            byte* above = matte.Luma.Row(0, y - 1), here = matte.Luma.Row(0, y);
            for (int x = 3; x < matte.Width - 3; x++)
            {
                bool inside = here[x] >= 128;
                if (inside == here[x - 1] >= 128 && inside == above[x] >= 128) continue;
                edges++;
                if (HasOutline(room, x, y)) near++;
            }
        }

        return (double)near / edges;
    }

    private static bool HasOutline(Room room, int x, int y)
    {
        bool inside = room.IsInFront(x - 1.5f, y - 1.5f, room.Height);
        for (int row = -2; row <= 2; row++)
            for (int column = -2; column <= 2; column++)
                if (room.IsInFront(x + column + 0.5f, y + row + 0.5f, room.Height) != inside) return true;
        return false;
    }
}
