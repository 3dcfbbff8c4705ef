using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Cli;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("picture.png")]
    [InlineData("picture.jpg")]
    public async Task TheTestPictureIsInTheFile(string name)
    {
        BuiltCamfx.Result result = await BuiltCamfx.RunAsync("snapshot", _folder.File(name), "--source", "test:solid?color=#ff0000", "--size", "320x240");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        (int width, int height, byte[] pixels) = await DecodeAsync(_folder.File(name), 320, 240);
        Assert.Equal((320, 240), (width, height));
        Assert.InRange(pixels[0], 245, 255);
        Assert.InRange(pixels[1], 0, 10);
        Assert.InRange(pixels[2], 0, 10);
    }

    [SkippableFact]
    public async Task APictureOfOnePixelIsLetterBoxed()
    {
        await File.WriteAllBytesAsync(_folder.File("dot.ppm"), [.. "P6\n1 1\n255\n"u8, 255, 255, 255]);
        BuiltCamfx.Result result = await BuiltCamfx.RunAsync(
            "snapshot", _folder.File("out.png"), "--source", "image:" + _folder.File("dot.ppm"), "--size", "320x240");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        (_, _, byte[] pixels) = await DecodeAsync(_folder.File("out.png"), 320, 240);
        Assert.InRange(pixels[3 * (120 * 320 + 160)], 245, 255);
        Assert.InRange(pixels[3 * (120 * 320 + 10)], 0, 10);
    }

    [SkippableFact]
    public async Task AFilmGivesItsFirstPictureThroughTheEffects()
    {
        await Clips.MakeFilmAsync(_folder.File("film.mp4"));
        foreach (string effect in new[] { "", "mirror" })
        {
            string[] arguments = ["snapshot", _folder.File($"out{effect}.png"), "--source", "file:" + _folder.File("film.mp4"), "--size", "320x192"];
            BuiltCamfx.Result result = await BuiltCamfx.RunAsync(effect.Length == 0 ? arguments : [.. arguments, "--effect", effect]);
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        }

        (_, _, byte[] plain) = await DecodeAsync(_folder.File("out.png"), 320, 192);
        (_, _, byte[] mirrored) = await DecodeAsync(_folder.File("outmirror.png"), 320, 192);
        long difference = 0;
        for (int y = 0; y < 192; y++)
        {
            for (int x = 0; x < 320; x++)
                difference += Math.Abs(plain[3 * (y * 320 + x) + 1] - mirrored[3 * (y * 320 + 319 - x) + 1]);
        }

        Assert.NotEqual(plain, mirrored);
        Assert.InRange(difference / (320 * 192), 0, 3);
    }

    private static async Task<(int Width, int Height, byte[] Pixels)> DecodeAsync(string file, int width, int height)
    {
        string raw = file + ".rgb";
        await Clips.MakeAsync("-i", file, "-f", "rawvideo", "-pix_fmt", "rgb24", raw);
        byte[] pixels = await File.ReadAllBytesAsync(raw);
        Assert.Equal(width * height * 3, pixels.Length);
        return (width, height, pixels);
    }
}
