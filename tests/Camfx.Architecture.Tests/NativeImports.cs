using System.Text.RegularExpressions;

namespace Camfx.Architecture.Tests;

/// <summary>Each native library is bound in one project, in its Interop folder, and nowhere else.</summary>
public partial class NativeImports
{
    // By the beginning of its name, as libcairo owns libcairo-gobject; libc is itself alone.
    private static readonly (string Library, string Project)[] s_owners =
    [
        ("libc", "Camfx.Posix"),
        ("libpipewire-0.3", "Camfx.PipeWire"),
        ("libavcodec", "Camfx.FFmpeg"), ("libavformat", "Camfx.FFmpeg"), ("libavutil", "Camfx.FFmpeg"),
        ("libavfilter", "Camfx.FFmpeg"), ("libavdevice", "Camfx.FFmpeg"), ("libswscale", "Camfx.FFmpeg"), ("libswresample", "Camfx.FFmpeg"),
        ("libcairo", "Camfx.Cairo"), ("libpango", "Camfx.Cairo"), ("libgobject-2.0", "Camfx.Cairo"), ("libglib-2.0", "Camfx.Cairo"), ("librsvg", "Camfx.Cairo"),
        ("libsystemd", "Camfx.DBus"),
        ("libonnxruntime", "Camfx.Onnx"),
    ];

    [Fact]
    public void Imports_stand_in_Interop_folders_only() =>
        Assert.Empty(Sources().Where(source => source.Text.Contains("[LibraryImport(", StringComparison.Ordinal)
            && !source.Path.Contains("/Interop/", StringComparison.Ordinal)).Select(source => source.Path));

    [Fact]
    public void A_native_library_is_named_only_in_the_project_that_binds_it()
    {
        List<string> breaches = [];
        foreach ((string path, string text) in Sources())
        {
            string project = path.Split('/')[1];
            foreach (Match match in LibraryName().Matches(text))
            {
                string? owner = Owner(match.Groups[1].Value);
                if (owner is not null && owner != project) breaches.Add($"{path}: {match.Value} belongs to {owner}");
            }
        }

        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_imported_library_has_an_owner()
    {
        IEnumerable<string> unknown = Sources()
            .Where(source => source.Path.Contains("/Interop/", StringComparison.Ordinal))
            .SelectMany(source => LibraryName().Matches(source.Text).Select(match => match.Groups[1].Value))
            .Where(name => Owner(name) is null)
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("\"libc\"", "libc")]
    [InlineData("\"libpipewire-0.3.so.0\"", "libpipewire-0.3")]
    [InlineData("\"libavcodec.so.59\"", "libavcodec")]
    [InlineData("\"libpangocairo-1.0.so.0\"", "libpangocairo-1.0")]
    public void A_soname_is_recognised(string text, string name) => Assert.Equal(name, LibraryName().Match(text).Groups[1].Value);

    private static string? Owner(string name) =>
        s_owners.FirstOrDefault(owner => owner.Library == "libc" ? name == "libc" : name.StartsWith(owner.Library, StringComparison.Ordinal)).Project;

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Repository.SourceFiles("src").Select(path => (path, Repository.Read(path)));

    [GeneratedRegex("\"(lib[a-z][a-z0-9_+-]*(?:-[0-9]+\\.[0-9]+)?)(?:\\.so(?:\\.[0-9]+)*)?\"")]
    private static partial Regex LibraryName();
}
