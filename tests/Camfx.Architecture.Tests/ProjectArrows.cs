namespace Camfx.Architecture.Tests;

/// <summary>Who may reference whom (docs/architecture.md, "Projects").</summary>
public class ProjectArrows
{
    // The system side stays small enough to be read whole: it never sees effects, codecs or PipeWire.
    private static readonly string[] s_helperMayUse = ["Camfx.DBus", "Camfx.V4L2", "Camfx.Frames", "Camfx.Posix"];

    [Fact]
    public void Only_the_allowed_arrows_exist()
    {
        IEnumerable<string> forbidden =
            from project in Project.All
            where !project.IsTest
            from target in project.References
            where !Allowed(project, target)
            select $"{project.Name} -> {target}";
        Assert.Empty(forbidden);
    }

    [Theory]
    [InlineData("Camfx.Posix", "Camfx.Frames")]
    [InlineData("Camfx.Frames", "Camfx.Imaging")]
    [InlineData("Camfx.Imaging", "Camfx.Posix")]
    [InlineData("Camfx.PipeWire", "Camfx.FFmpeg")]
    [InlineData("Camfx.Cairo", "camfx")]
    [InlineData("camfx-helper", "Camfx.Imaging")]
    [InlineData("camfx", "camfx-helper")]
    public void The_rule_refuses(string from, string to) =>
        Assert.False(Allowed(new Project(from, $"src/{from}/{from}.csproj", [to]), to));

    [Fact]
    public void No_project_references_a_test() =>
        Assert.DoesNotContain(Project.All, project => project.References.Any(r => r.EndsWith(".Tests", StringComparison.Ordinal)));

    [Fact]
    public void Every_reference_leads_to_a_project_of_this_repository()
    {
        HashSet<string> names = Project.All.Select(project => project.Name).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Project.All.SelectMany(project => project.References), target => !names.Contains(target));
    }

    private static bool Allowed(Project project, string target) => project.Name switch
    {
        "camfx" => target.StartsWith("Camfx.", StringComparison.Ordinal),
        "camfx-helper" => s_helperMayUse.Contains(target),
        "Camfx.Posix" => false,
        "Camfx.Frames" => target is "Camfx.Posix",
        "Camfx.Imaging" => target is "Camfx.Frames",
        _ => target is "Camfx.Frames" or "Camfx.Posix",
    };
}
