using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class RotateTests
{
    [Theory]
    [InlineData("rotate", 3, 0)]
    [InlineData("rotate:angle=90", 3, 0)]
    [InlineData("rotate:angle=180", 3, 3)]
    [InlineData("rotate:angle=270", 0, 3)]
    public void A_corner_of_a_square_moves_clockwise(string spec, int column, int row)
    {
        using FrameBuffer source = TestPicture.Flat(64, 64, 40);
        TestPicture.Block(source, 0, 0, 16, 16, 200, 90, 240);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                bool marked = x == column && y == row;
                Assert.Equal(marked ? 200 : 40, TestPicture.Luma(result, 16 * x + 8, 16 * y + 8));
                Assert.Equal(marked ? (90, 240) : (128, 128), TestPicture.Chroma(result, 16 * x + 8, 16 * y + 8));
            }
        }
    }

    [Fact]
    public void A_quarter_turn_stands_between_black_bars()
    {
        using FrameBuffer source = TestPicture.Flat(128, 72, 120, 100, 150);
        using FrameBuffer result = TestPicture.Apply("rotate:angle=90", source);

        // 72x128 fits into 72 rows as 40 or 41 columns.
        Assert.Equal(16, TestPicture.Luma(result, 4, 36));
        Assert.Equal((128, 128), TestPicture.Chroma(result, 4, 36));
        Assert.Equal(16, TestPicture.Luma(result, 123, 36));
        Assert.InRange(TestPicture.Luma(result, 64, 2), 119, 121);
        Assert.InRange(TestPicture.Luma(result, 64, 69), 119, 121);
        Assert.Equal((100, 150), TestPicture.Chroma(result, 64, 36));
        int columns = Enumerable.Range(0, 128).Count(x => TestPicture.Luma(result, x, 36) > 100);
        Assert.InRange(columns, 38, 42);
    }

    [Fact]
    public void A_quarter_turn_and_one_back_show_the_same_side_up()
    {
        using FrameBuffer source = TestPicture.Flat(64, 64, 40);
        TestPicture.Block(source, 0, 0, 32, 32, 200, 90, 240);
        using FrameBuffer right = TestPicture.Apply("rotate:angle=90", source);
        using FrameBuffer back = TestPicture.Apply("rotate:angle=270", right);
        Assert.True(TestPicture.IsSame(source, back));
    }
}
