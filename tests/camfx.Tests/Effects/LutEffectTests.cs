using System.Globalization;
using System.Text;
using Camfx.Effects.Lut;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

public sealed class LutEffectTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_cube_that_exchanges_red_and_blue_does_so()
    {
        Write("LUT_3D_SIZE 2", "0 0 0", "0 0 1", "0 1 0", "0 1 1", "1 0 0", "1 0 1", "1 1 0", "1 1 1");
        using FrameBuffer source = TestPicture.Flat(64, 48, 82, 90, 240), result = TestPicture.Apply($"lut:file={_path}", source);
        Assert.InRange(TestPicture.Luma(result, 9, 9), 40, 42);
        Assert.InRange(TestPicture.Chroma(result, 9, 9).U, 239, 241);
        Assert.InRange(TestPicture.Chroma(result, 9, 9).V, 109, 111);
    }

    [Fact]
    public void Curves_are_applied_to_each_colour()
    {
        Write("TITLE \"negative\"", "# 1D", "LUT_1D_SIZE 3", "1 1 1", "0.5 0.5 0.5", "0 0 0");
        using FrameBuffer source = TestPicture.Flat(64, 48, 60, 128, 128), result = TestPicture.Apply($"lut:file={_path}", source);
        Assert.InRange(TestPicture.Luma(result, 9, 9), 190, 192);
    }

    [Fact]
    public void A_domain_is_kept_to()
    {
        // Black up to a half, then twice as steep.
        Write("LUT_3D_SIZE 2", "DOMAIN_MIN 0.5 0.5 0.5", "DOMAIN_MAX 1 1 1", "0 0 0", "1 0 0", "0 1 0", "1 1 0", "0 0 1", "1 0 1", "0 1 1", "1 1 1");
        using FrameBuffer dark = TestPicture.Flat(64, 48, 110), light = TestPicture.Flat(64, 48, 180);
        using FrameBuffer black = TestPicture.Apply($"lut:file={_path}", dark), steeper = TestPicture.Apply($"lut:file={_path}", light);
        Assert.Equal(16, TestPicture.Luma(black, 9, 9));
        Assert.InRange(TestPicture.Luma(steeper, 9, 9), 124, 126);
    }

    [Theory]
    [InlineData("cannot read the file", "0 0 0")]
    [InlineData("Line 2: expected three numbers", "LUT_3D_SIZE 2", "0 0")]
    [InlineData("Line 2: expected three numbers", "LUT_3D_SIZE 2", "0 0 NaN")]
    [InlineData("has 1 colours where its size asks for 8", "LUT_3D_SIZE 2", "0 0 0")]
    [InlineData("the size is not 2 to 129", "LUT_3D_SIZE 300")]
    [InlineData("DOMAIN_MIN is not below", "LUT_1D_SIZE 2", "DOMAIN_MIN 1 1 1", "0 0 0", "1 1 1")]
    public void A_file_that_is_no_table_is_refused_in_one_sentence(string why, params string[] lines)
    {
        Write(lines);
        CamfxException error = Assert.Throws<CamfxException>(() => TestPicture.Apply($"lut:file={_path}", TestPicture.Flat(64, 48, 60)));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        CamfxException error = Assert.Throws<CamfxException>(() => TestPicture.Apply("lut:file=/nowhere/x.cube", TestPicture.Flat(64, 48, 60)));
        Assert.Contains("/nowhere/x.cube", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Red_changes_fastest()
    {
        StringBuilder text = new("LUT_3D_SIZE 3\n");
        for (int node = 0; node < 27; node++) text.Append(CultureInfo.InvariantCulture, $"{node % 3 / 2.0} {node / 3 % 3 / 2.0} {node / 9 / 2.0}\n");
        CubeFile file = CubeFile.Parse(text.ToString().Split('\n'));
        Assert.Equal(new CubeSampler(file).Sample(3), file.Colors);
    }

    private void Write(params string[] lines) => File.WriteAllLines(_path, lines);
}
