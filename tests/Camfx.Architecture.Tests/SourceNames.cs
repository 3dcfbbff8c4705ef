using System.Text.RegularExpressions;

namespace Camfx.Architecture.Tests;

/// <summary>Names that say nothing invite everything: a file is named after what it does.</summary>
public partial class SourceNames
{
    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing() =>
        Assert.DoesNotContain(new[] { "src", "tests" }.SelectMany(Repository.SourceFiles), IsForbidden);

    [Theory]
    [InlineData("src/camfx/FrameUtils.cs")]
    [InlineData("src/camfx/Helpers/Clock.cs")]
    [InlineData("src/camfx/CameraManager.Effects.cs")]
    [InlineData("src/Camfx.Frames/Common.cs")]
    public void The_rule_refuses(string path) => Assert.True(IsForbidden(path));

    [Theory]
    [InlineData("src/camfx-helper/Program.cs")]
    [InlineData("src/Camfx.Frames/Queue/FrameQueueWriter.cs")]
    [InlineData("src/Camfx.FFmpeg/Interop/LibAvUtil.cs")]
    public void The_rule_allows(string path) => Assert.False(IsForbidden(path));

    // Interop folders speak the names of the libraries they bind: libavutil is called so.
    private static bool IsForbidden(string path) => !path.Contains("/Interop/", StringComparison.Ordinal) && Forbidden().IsMatch(path);

    [GeneratedRegex(@"(Util|Utils|Utilities|Helper|Helpers|Common|Manager|Misc)(\.[A-Za-z]+)*(/|$)")]
    private static partial Regex Forbidden();
}
