using Camfx.Analysis.Faces;
using Camfx.Effects.AutoFrame;

namespace Camfx.Tests.Faces;

public sealed class CameraOperatorTests
{
    private const int Width = 1280, Height = 720;
    private const double FrameRate = 30;

    private readonly CameraOperator _operator = new(Width, Height, zoom: 1.6, hold: 3, ease: 0.5);
    private int _frame;

    [Fact]
    public void Without_a_face_the_whole_picture_is_shown() => Assert.Equal(new Shot(640, 360, 720), Show(seconds: 5));

    [Fact]
    public void A_face_comes_to_where_it_belongs()
    {
        Shot shot = Show(4, Face(500, 300));
        Assert.Equal(450, shot.Height, 0.5);
        AssertFramed(shot, 500, 300);
    }

    [Fact]
    public void A_face_that_walks_is_kept_there()
    {
        _ = Show(4, Face(450, 300));
        for (double x = 450; x < 800; x += 25 / FrameRate) AssertFramed(Show(1 / FrameRate, Face(x, 300)), x, 300);
    }

    [Fact]
    public void Small_movements_and_a_detector_that_trembles_move_nothing()
    {
        Random random = new(1);
        _ = Show(4, Face(500, 300));
        for (int i = 0; i < 60; i++) _ = Show(0.1, Trembling());
        Shot before = Show(1, Trembling());
        for (int i = 0; i < 60; i++)
        {
            Shot shot = Show(0.1, Trembling());
            Assert.InRange(Math.Abs(shot.CenterX - before.CenterX) + Math.Abs(shot.CenterY - before.CenterY) + Math.Abs(shot.Height - before.Height), 0, 0.5);
        }

        FaceBox Trembling() => Face(500 + random.Next(-6, 7), 300 + random.Next(-6, 7), 100 + random.Next(-5, 6));
    }

    [Fact]
    public void It_sets_out_and_arrives_softly_and_never_goes_beyond()
    {
        _ = Show(4, Face(400, 300));
        double before = Show(0, Face(400, 300)).CenterX, speed = 0, last = before;
        for (int i = 0; i < 120; i++)
        {
            double x = Show(1 / FrameRate, Face(800, 300)).CenterX;
            Assert.True(x >= last && x <= 800, $"{last} {x}");
            Assert.InRange(Math.Abs(x - last - speed), 0, 8);
            (speed, last) = (x - last, x);
        }
    }

    [Fact]
    public void The_way_is_the_same_at_any_rate()
    {
        CameraOperator other = new(Width, Height, 1.6, 3, 0.5);
        Shot thirty = Show(1, Face(500, 300)), one = default;
        for (int frame = 0; frame <= 60; frame++) one = other.Follow([Face(500, 300)], frame * 1_000_000_000L / 60);
        Assert.Equal(thirty.CenterX, one.CenterX, 12.0);
        Assert.Equal(thirty.Height, one.Height, 12.0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1280, 720)]
    [InlineData(-200, 1500)]
    public void What_is_shown_is_always_inside_the_picture(double x, double y)
    {
        for (int i = 0; i < 300; i++)
        {
            Shot shot = i % 100 < 50 ? Show(0.05, Face(x, y)) : Show(0.05, Face(640, 360, 300));
            double halfWidth = shot.Height * Width / Height / 2;
            Assert.True(shot.CenterX - halfWidth >= -1e-6 && shot.CenterX + halfWidth <= Width + 1e-6, $"{shot}");
            Assert.True(shot.CenterY - shot.Height / 2 >= -1e-6 && shot.CenterY + shot.Height / 2 <= Height + 1e-6, $"{shot}");
        }
    }

    [Fact]
    public void Who_is_gone_is_waited_for_and_then_all_is_shown_again()
    {
        Shot framed = Show(4, Face(500, 300)), held = Show(2.9);
        Assert.Equal(framed.Height, held.Height, 1.0);
        Assert.Equal(framed.CenterX, held.CenterX, 1.0);
        Assert.InRange(Show(0.5).Height, 451, 600);
        Assert.Equal(720, Show(10).Height, 1.0);
    }

    [Fact]
    public void Several_faces_are_all_shown()
    {
        Shot shot = Show(4, Face(380, 300), Face(800, 330, 80));
        double halfWidth = shot.Height * Width / Height / 2;
        Assert.InRange(shot.Height, 451, 719);
        Assert.True(shot.CenterX - halfWidth < 330 && shot.CenterX + halfWidth > 840, $"{shot}");
    }

    [Fact]
    public void If_they_do_not_fit_the_largest_is_shown()
    {
        Shot shot = Show(4, Face(300, 300), Face(1200, 300, 60));
        AssertFramed(shot, 400, 300, farX: 250);
        Assert.Equal(450, shot.Height, 1.0);
        Assert.InRange(shot.CenterX, 400 - 1e-6, 401);
    }

    [Fact]
    public void A_face_near_the_camera_is_not_cut()
    {
        Shot shot = Show(4, Face(640, 330, 400));
        Assert.InRange(shot.Height, 400 / 0.6 - 1, 720);
    }

    private static FaceBox Face(double x, double y, double size = 100) => new(x - size / 2, y - size / 2, size, size, 10);

    private Shot Show(double seconds, params FaceBox[] faces)
    {
        Shot shot = default;
        for (int i = 0; i < Math.Max(1, (int)Math.Round(seconds * FrameRate)); i++) shot = _operator.Follow(faces, (long)(_frame++ * 1e9 / FrameRate));
        return shot;
    }

    /// <summary>The face is within 5 % of what is shown of where it belongs.</summary>
    private static void AssertFramed(Shot shot, double x, double y, double farX = 0)
    {
        double width = shot.Height * Width / Height;
        Assert.InRange((x - shot.CenterX) / width, -0.05 - farX / width, 0.05 + farX / width);
        Assert.InRange((y - shot.CenterY) / shot.Height + 0.5 - CameraOperator.Headroom, -0.05, 0.05);
    }
}
