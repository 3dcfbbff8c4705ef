using System.Xml.Linq;

namespace Camfx.Architecture.Tests;

/// <summary>A project file of the checkout: its name, its path from the root, and the projects it references.</summary>
internal sealed record Project(string Name, string Path, IReadOnlyList<string> References)
{
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal) || Path.StartsWith("bench/", StringComparison.Ordinal);

    public bool IsExecutable => !IsTest && !Name.StartsWith("Camfx.", StringComparison.Ordinal);

    public static IReadOnlyList<Project> All { get; } = new[] { "src", "tests", "bench" }
        .Select(folder => System.IO.Path.Combine(Repository.Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
        .Select(Read)
        .OrderBy(project => project.Path, StringComparer.Ordinal)
        .ToList();

    private static Project Read(string path)
    {
        List<string> references = XDocument.Load(path).Descendants("ProjectReference")
            .Select(element => System.IO.Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value.Replace('\\', '/')))
            .ToList();
        return new Project(System.IO.Path.GetFileNameWithoutExtension(path), System.IO.Path.GetRelativePath(Repository.Root, path), references);
    }
}
