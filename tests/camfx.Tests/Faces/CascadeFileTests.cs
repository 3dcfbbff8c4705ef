using Camfx.Analysis.Faces;

namespace Camfx.Tests.Faces;

public sealed class CascadeFileTests : IDisposable
{
    // One stage of one tree of two nodes.
    private const string Small = """
        <?xml version="1.0"?><opencv_storage><cascade type_id="opencv-cascade-classifier"><featureType>HAAR</featureType><height>20</height><width>24</width>
        <stages><_><stageThreshold>0.5</stageThreshold><weakClassifiers><_>
        <internalNodes>1 0 0 4.0e-03 -1 -2 1 -2.5e-01</internalNodes><leafValues>0.1 0.2 0.3</leafValues></_></weakClassifiers></_></stages>
        <features><_><rects><_>2 7 16 4 -1.</_><_>2 9 16 2 2.</_></rects><tilted>0</tilted></_><_><rects><_>0 0 24 20 -1.</_></rects></_></features>
        </cascade></opencv_storage>
        """;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"camfx-{Guid.NewGuid():N}.xml");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Stages_trees_and_features_are_what_is_written()
    {
        Cascade cascade = Read(Small);
        Assert.Equal((24, 20), (cascade.Width, cascade.Height));
        CascadeStage stage = Assert.Single(cascade.Stages);
        Assert.Equal((1, 0.5, 0), (stage.EndOfTrees, Math.Round(stage.Threshold, 4), Assert.Single(cascade.Roots)));
        Assert.Equal([(1, ~0), (~1, ~2)], cascade.Nodes.Select(static node => (node.Below, node.Otherwise)));
        Assert.Equal((0.004f, 2f, 9), (cascade.Nodes[0].Threshold, cascade.Nodes[0].Weights[1], cascade.Nodes[0].Areas[1].Y));
        Assert.Equal([0.1f, 0.2f, 0.3f], cascade.Leaves);
    }

    [Theory]
    [InlineData("</opencv_storage>", "", "is no XML.")]
    [InlineData(">HAAR<", ">LBP<", "Its features are LBP, not HAAR.")]
    [InlineData("<tilted>0", "<tilted>1", "It has tilted features.")]
    [InlineData("<width>24", "<width>2400", "Its window's width is 2400.")]
    [InlineData("2 9 16 2 2.", "2 19 16 2 2.", "The rectangle 2 19 16 2 2. is not inside the window.")]
    [InlineData("1 0 0 4.0e-03", "1 0 7 4.0e-03", "A tree asks for feature 7 of 2.")]
    [InlineData("-1 -2 1 -2", "-1 -3 1 -2", "A node goes on at -3, which its tree does not have.")]
    [InlineData("-1 -2 1 -2", "1 -2 1 -2", "A node goes on at 1, which its tree does not have.")]
    [InlineData("0.1 0.2 0.3", "0.1 0.2", "A tree has 8 numbers for its nodes and 2 leaves.")]
    [InlineData("0.1 0.2 0.3", "0.1 0.2 NaN", "'NaN' in <leafValues> is no number.")]
    [InlineData("<stageThreshold>0.5</stageThreshold>", "", "<_> has no <stageThreshold>.")]
    public void A_damaged_file_is_refused_in_one_sentence(string part, string damaged, string message)
    {
        Assert.Contains(part, Small, StringComparison.Ordinal);
        Assert.EndsWith(message, Assert.Throws<FormatException>(() => Read(Small.Replace(part, damaged, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        CamfxException error = Assert.Throws<CamfxException>(() => HaarEngine.Make(640, 360, _path));
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.EndsWith("Install opencv-data anew.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_it_is_said_what_to_install()
    {
        CamfxException error = Assert.Throws<CamfxException>(() => HaarEngine.Make(640, 360, _path));
        Assert.Equal($"Faces are found with the cascade '{_path}', which cannot be read; install opencv-data.", error.Message);
        Assert.Equal(ExitCode.NoSuchThing, error.ExitCode);
    }

    private Cascade Read(string text)
    {
        File.WriteAllText(_path, text);
        return CascadeFile.Read(_path);
    }
}
