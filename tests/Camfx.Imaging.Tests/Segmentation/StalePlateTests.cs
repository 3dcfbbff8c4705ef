using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Segmentation;

public sealed class StalePlateTests
{
    private const int Patience = 45;

    [Theory]
    [InlineData(0.03f)]
    [InlineData(0.3f)]
    public void A_camera_that_turned_is_noticed(float turned)
    {
        Stage stage = new(1002);
        Show(stage, stage.Room.Look(turned: turned));
        Assert.Equal(PlateChange.CameraMoved, stage.Segmenter.Change);
        Assert.True(stage.Segmenter.IsStale);
        Show(stage, stage.Room.Look());
        Assert.Equal(PlateChange.None, stage.Segmenter.Change);
    }

    [Fact]
    public void A_camera_that_was_touched_for_a_moment_is_not()
    {
        Stage stage = new(1002);
        Picture touched = stage.Room.Look(turned: 0.1f);
        for (int i = 0; i < 10; i++) stage.Segment(touched);
        Show(stage, stage.Room.Look());
        Assert.False(stage.Segmenter.IsStale);
    }

    [Fact]
    public void Somebody_in_front_is_not_a_camera_that_moved()
    {
        for (int seed = 6000; seed < 6004; seed++)
        {
            Stage stage = new(seed);
            Show(stage, stage.Room.Look());
            Assert.Equal(PlateChange.None, stage.Segmenter.Change);
        }
    }

    [Fact]
    public void Light_beyond_what_is_followed_is_noticed()
    {
        Stage stage = new(1002) { Room = { Exposure = 0.1f } };
        Show(stage, stage.Room.Look());
        Assert.Equal(PlateChange.LightChanged, stage.Segmenter.Change);
        stage.Segmenter.Reset();
        Assert.False(stage.Segmenter.IsStale);
    }

    private static void Show(Stage stage, Picture seen)
    {
        for (int i = 0; i < Patience; i++) stage.Segment(seen);
    }
}
