using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Cli;

/// <summary>What cannot work ends with one sentence that says what to do, and the exit code of the contract.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(2, "dance", new[] { "dance" })]
    [InlineData(2, "camfx --help", new string[0])]
    [InlineData(2, "--bogus", new[] { "run", "--bogus" })]
    [InlineData(2, "no scheme", new[] { "run", "--source", "clip.mp4" })]
    [InlineData(2, "no source kind 'ftp:'", new[] { "run", "--source", "ftp:x" })]
    [InlineData(2, "no test picture", new[] { "run", "--source", "test:nope" })]
    [InlineData(2, "no effect 'sparkle'", new[] { "run", "--effect", "sparkle" })]
    [InlineData(2, "cannot take 'speed'", new[] { "run", "--effect", "flip:speed=1" })]
    [InlineData(2, "odd", new[] { "run", "--size", "641x480" })]
    [InlineData(2, "not a number", new[] { "run", "--fps", "fast" })]
    [InlineData(2, "no output 'wall'", new[] { "run", "--output", "wall" })]
    [InlineData(2, "--idle cannot be", new[] { "run", "--idle", "never" })]
    [InlineData(2, "--duration cannot be", new[] { "run", "--duration", "-1" })]
    [InlineData(2, "control character", new[] { "run", "--output", "device:100%" })]
    [InlineData(2, "not KEY=VALUE", new[] { "device", "add", "camfx", "large" })]
    [InlineData(2, "no 'colour'", new[] { "device", "add", "colour=red" })]
    [InlineData(2, "readers cannot be '9'", new[] { "device", "add", "readers=9" })]
    [InlineData(2, "given twice", new[] { "device", "add", "size=320x240", "width=640" })]
    [InlineData(2, "at least one KEY=VALUE", new[] { "device", "set", "camfx" })]
    [InlineData(2, "camfx device --help", new[] { "device", "add", "--nope" })]
    [InlineData(1, "never copy", new[] { "run", "--output", "queue", "--zero-copy", "off" })]
    [InlineData(5, "does not exist", new[] { "run", "--source", "file:/nonexistent/clip.mp4" })]
    [InlineData(5, "does not exist", new[] { "run", "--effect", "plugin:path=/nonexistent/layer" })]
    [InlineData(5, "is a folder", new[] { "run", "--effect", "plugin:path=/etc" })]
    [InlineData(4, "not executable", new[] { "run", "--effect", "plugin:path=/etc/passwd" })]
    [InlineData(5, "does not exist", new[] { "run", "--source", "image:/nonexistent/photo.png" })]
    [InlineData(5, "no camera 'no such camera'", new[] { "run", "--source", "camera:no such camera" })]
    [InlineData(5, "no camera '/dev/video4711'", new[] { "run", "--source", "camera:/dev/video4711" })]
    [InlineData(5, "no camera 'no such camera'", new[] { "snapshot", "--source", "camera:no such camera", "/tmp/never.png" })]
    [InlineData(2, "no key 'speed'", new[] { "run", "--source", "camera:?speed=1" })]
    [InlineData(2, "WIDTHxHEIGHT", new[] { "run", "--source", "camera:?size=large" })]
    [InlineData(2, "fps=fast", new[] { "run", "--source", "camera:?fps=fast" })]
    [InlineData(2, "format=mp3", new[] { "run", "--source", "camera:?format=mp3" })]
    [InlineData(5, "no camera 'no such camera'", new[] { "source", "controls", "camera:no such camera" })]
    [InlineData(2, "has no controls", new[] { "source", "controls", "test:smpte" })]
    [InlineData(2, "at least one KEY=VALUE", new[] { "source", "controls", "set" })]
    [InlineData(2, "'turn' is not understood", new[] { "source", "controls", "camera:", "turn" })]
    [InlineData(2, "camfx source controls --help", new[] { "source", "controls", "--nope" })]
    [InlineData(2, "camfx source list --help", new[] { "source", "list", "--nope" })]
    public async Task WhatCannotBeUnderstoodOrFound(int exitCode, string hint, string[] arguments) =>
        AssertOneSentence(await BuiltCamfx.RunAsync(arguments), exitCode, hint);

    [SkippableFact]
    public async Task AnEmptyFile()
    {
        await File.WriteAllBytesAsync(_folder.File("empty.mp4"), []);
        AssertOneSentence(await Run("file:", "empty.mp4"), 1, "empty");
    }

    [SkippableFact]
    public async Task AFileThatIsNoFilm()
    {
        await File.WriteAllTextAsync(_folder.File("letter.mp4"), "Dear reader,\nthis is no film.\n");
        AssertOneSentence(await Run("file:", "letter.mp4"), 1, "letter.mp4");
    }

    [SkippableFact]
    public async Task AFilmCutOffBeforeItsIndex()
    {
        await Clips.MakeFilmAsync(_folder.File("whole.mp4"));
        byte[] bytes = await File.ReadAllBytesAsync(_folder.File("whole.mp4"));
        await File.WriteAllBytesAsync(_folder.File("cut.mp4"), bytes[..(bytes.Length / 2)]);
        AssertOneSentence(await Run("file:", "cut.mp4"), 1, "cut.mp4");
    }

    [SkippableFact]
    public async Task AFileWithSoundOnly()
    {
        await Clips.MakeAsync("-f", "lavfi", "-i", "sine=duration=1", _folder.File("sound.wav"));
        AssertOneSentence(await Run("file:", "sound.wav"), 1, "no video");
    }

    [SkippableFact]
    public async Task APictureThatIsTooLarge()
    {
        // Only the header is needed: what is too large is refused before it is decoded.
        byte[] header =
        [
            0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 16, .. "IDAT"u8, .. new byte[20], 0, 0, 0, 0, .. "IEND"u8, 0, 0, 0, 0,
        ];
        await File.WriteAllBytesAsync(_folder.File("large.png"), header);
        AssertOneSentence(await Run("image:", "large.png"), 1, "20000x20000");
    }

    [SkippableFact]
    public async Task AFolderInPlaceOfAFile() =>
        AssertOneSentence(await BuiltCamfx.RunAsync("run", "--source", $"file:{_folder.Path}"), 5, "directory");

    [SkippableFact]
    public async Task ASnapshotIntoAFolderThatIsNotThere() =>
        AssertOneSentence(await BuiltCamfx.RunAsync("snapshot", "/nonexistent/folder/picture.png"), 5, "picture.png");

    [SkippableFact]
    public async Task ASnapshotOntoAFullDisk()
    {
        BuiltCamfx.Result probe = await BuiltCamfx.RunProgramAsync("/usr/bin/unshare", "-rm", "mount", "-t", "tmpfs", "none", _folder.Path);
        Skip.If(probe.ExitCode != 0, "this machine gives no mount namespace to mount a small file system in");
        string script = $"mount -t tmpfs -o size=16k none '{_folder.Path}' && "
            + $"'{BuiltCamfx.Executable}' snapshot --source test:noise '{_folder.Path}/picture.png'; code=$?; ls -A '{_folder.Path}'; exit $code";
        AssertOneSentence(await BuiltCamfx.RunProgramAsync("/usr/bin/unshare", "-rm", "sh", "-c", script), 1, "disk is full");
    }

    private Task<BuiltCamfx.Result> Run(string scheme, string name) =>
        BuiltCamfx.RunAsync("run", "--output", "none", "--duration", "1", "--source", scheme + _folder.File(name));

    private static void AssertOneSentence(BuiltCamfx.Result result, int exitCode, string hint)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        string line = Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("camfx: ", line, StringComparison.Ordinal);
        Assert.Contains(hint, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }
}
