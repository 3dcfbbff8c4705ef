using System.Reflection;

namespace Camfx.Architecture.Tests;

/// <summary>
/// The public surface of each library is written down in Api/NAME.txt, so that a change of it is seen in review.
/// <c>CAMFX_ACCEPT_API=1 dotnet test tests/Camfx.Architecture.Tests</c> writes the files anew.
/// </summary>
public class PublicApi
{
    public static TheoryData<string> Libraries { get; } =
        new(Project.All.Where(project => !project.IsTest && !project.IsExecutable).Select(project => project.Name));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Is_what_was_written_down(string library)
    {
        string now = new ApiListing(Assembly.Load(library)).ToString();
        string path = Path.Combine(Repository.Root, "tests/Camfx.Architecture.Tests/Api", library + ".txt");
        if (Environment.GetEnvironmentVariable("CAMFX_ACCEPT_API") == "1") File.WriteAllText(path, now);

        string before = File.Exists(path) ? File.ReadAllText(path) : "";
        string[] added = now.Split('\n').Except(before.Split('\n'), StringComparer.Ordinal).ToArray();
        string[] removed = before.Split('\n').Except(now.Split('\n'), StringComparer.Ordinal).ToArray();
        Assert.True(now == before,
            $"The public API of {library} changed: {string.Join("; ", removed.Select(line => "-" + line).Concat(added.Select(line => "+" + line)))}. "
            + "If that is meant: CAMFX_ACCEPT_API=1 dotnet test tests/Camfx.Architecture.Tests");
    }
}
