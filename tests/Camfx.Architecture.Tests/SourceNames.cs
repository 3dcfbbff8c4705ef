using System.Text.RegularExpressions;

namespace Camfx.Architecture.Tests;

/// <summary>Names that say nothing invite everything: a file is named after what it does.</summary>
public partial class SourceNames
{
    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing() =>
        Assert.DoesNotContain(new[] { "src", "tests" }.SelectMany(Repository.SourceFiles), path => Forbidden().IsMatch(path));

    [Theory]
    [InlineData("src/camfx/FrameUtils.cs")]
    [InlineData("src/camfx/Helpers/Clock.cs")]
    [InlineData("src/camfx/CameraManager.Effects.cs")]
    [InlineData("src/Camfx.Frames/Common.cs")]
    public void The_rule_refuses(string path) => Assert.Matches(Forbidden(), path);

    [Theory]
    [InlineData("src/camfx-helper/Program.cs")]
    [InlineData("src/Camfx.Frames/Queue/FrameQueueWriter.cs")]
    public void The_rule_allows(string path) => Assert.DoesNotMatch(Forbidden(), path);

    [GeneratedRegex(@"(Util|Utils|Utilities|Helper|Helpers|Common|Manager|Misc)(\.[A-Za-z]+)*(/|$)")]
    private static partial Regex Forbidden();
}
