using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Segmentation;

public sealed unsafe class EmptySceneTests
{
    [Fact]
    public void A_saved_scene_works_as_before()
    {
        Stage stage = new(1000, 180);
        Picture seen = stage.Room.Look();
        using MemoryStream file = new(Save(stage.Scene));
        EmptyScene loaded = EmptyScene.Load(file);
        Assert.Equal((256, 144, stage.Scene.Noise), (loaded.Width, loaded.Height, loaded.Noise));
        FrameView picture = stage.Take(seen);
        stage.Segmenter.Segment(picture, stage.Mask.View);
        byte[] mask = stage.Mask.ToArray();
        new PlateSegmenter(loaded).Segment(picture, stage.Mask.View);
        Assert.Equal(mask, stage.Mask.ToArray());
        Assert.Contains(mask, static value => value == 255);
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        byte[] file = Save(Record(Enumerable.Range(0, 12).Select(static i => Picture.Filled(PixelFormat.I420, 16, 8, (byte)(100 + i % 2)))).Finish());
        for (int i = 0; i < file.Length; i++)
        {
            byte[] damaged = [.. file];
            damaged[i] ^= 0x41;
            Assert.Throws<InvalidDataException>(() => EmptyScene.Load(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => EmptyScene.Load(new MemoryStream(file[..i])));
        }
    }

    [Fact]
    public void The_noise_is_what_the_pictures_have()
    {
        var random = new Random(3);
        EmptySceneRecorder recorder = new(64, 48);
        Picture picture = new(PixelFormat.I420, 64, 48);
        for (int i = 0; i < 60; i++)
        {
            for (int plane = 0; plane < 3; plane++)
                for (int y = 0; y < (plane == 0 ? 48 : 24); y++)
                    for (int x = 0; x < (plane == 0 ? 64 : 32); x++) picture.View.Row(plane, y)[x] = (byte)(100 + random.Next(-4, 5));
            recorder.Add(picture.View);
        }

        Assert.Equal(Math.Sqrt(80 / 12.0), recorder.Finish().Noise, 0.15);
    }

    [Fact]
    public void Too_few_pictures_are_refused()
    {
        EmptySceneRecorder recorder = Record(Enumerable.Repeat(Picture.Filled(PixelFormat.I420, 16, 8, 100), EmptySceneRecorder.SmallestCount - 1));
        Assert.Contains("got 9", Assert.Throws<InvalidOperationException>(recorder.Finish).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_walks_through_is_noticed()
    {
        Stage stage = new(1000, 180);
        EmptySceneRecorder recorder = new(256, 144);
        for (int i = 0; i < 12; i++) recorder.Add(stage.Take(stage.Room.Look(moved: 0.15f * (i - 6))));
        Assert.Contains("leave the picture", Assert.Throws<InvalidOperationException>(recorder.Finish).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(16, 7)]
    [InlineData(8192, 8)]
    public void A_size_that_cannot_be_is_refused(int width, int height) => Assert.Throws<ArgumentOutOfRangeException>(() => new EmptySceneRecorder(width, height));

    private static EmptySceneRecorder Record(IEnumerable<Picture> pictures)
    {
        EmptySceneRecorder recorder = new(16, 8);
        foreach (Picture picture in pictures) recorder.Add(picture.View);
        return recorder;
    }

    private static byte[] Save(EmptyScene scene)
    {
        using MemoryStream file = new();
        scene.Save(file);
        return file.ToArray();
    }
}
