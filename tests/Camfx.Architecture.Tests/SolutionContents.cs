using System.Text.RegularExpressions;

namespace Camfx.Architecture.Tests;

public partial class SolutionContents
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        HashSet<string> listed = SolutionLine().Matches(Repository.Read("camfx.sln"))
            .Select(match => match.Groups[1].Value.Replace('\\', '/'))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(listed);
        Assert.Empty(Project.All.Select(project => project.Path).Except(listed));
    }

    [Fact]
    public void Every_library_has_a_test_project()
    {
        HashSet<string> tests = Project.All.Where(project => project.IsTest).Select(project => project.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Project.All.Where(project => !project.IsTest && !tests.Contains(project.Name + ".Tests")).Select(project => project.Name));
    }

    [Fact]
    public void A_project_lies_in_a_folder_of_its_name() =>
        Assert.Empty(Project.All.Where(project => Path.GetFileName(Path.GetDirectoryName(project.Path)) != project.Name).Select(project => project.Path));

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex SolutionLine();
}
