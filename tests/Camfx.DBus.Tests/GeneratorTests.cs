using System.Diagnostics;
using System.Reflection;

namespace Camfx.DBus.Tests;

/// <summary>The program that makes C# of the XML: the same input gives the same output, and what it cannot do it says.</summary>
public sealed class GeneratorTests : IDisposable
{
    private static readonly string s_root =
        typeof(GeneratorTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "RepositoryRoot").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-generator-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_order_of_the_files_does_not_matter()
    {
        string first = Path.Combine(s_root, "data/dbus/org.camfx.Device1.xml");
        string second = Path.Combine(s_root, "data/dbus/org.camfx.Helper1.xml");

        (int code, string output, _) = Run(first, second);

        Assert.Equal(0, code);
        Assert.Equal(output, Run(second, first).Output);
        Assert.Contains("public abstract class Device1Server : BusInterface", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<method name='Do'/>", "org.camfx.Bad1.Do has no org.gtk.GDBus.DocString")]
    [InlineData("<method name='Dispose'>DOC</method>", "the name Dispose is taken by the C# base class")]
    [InlineData("<method name='Do'>DOC<arg name='call' type='s'/></method>", "the name call is taken")]
    [InlineData("<method name='Do'>DOC<arg name='a' type='k'/></method>", "'k' is no type of D-Bus")]
    [InlineData("<method name='Do'>DOC<arg name='a' type='(s)'/></method>", "a structure has 2 to 4 fields, not 1")]
    [InlineData("<property name='P' type='(ss)' access='read'>DOC<annotation name='org.camfx.Fields' value='one'/></property>", "names 1 fields of 2")]
    public void What_it_cannot_do_it_says(string member, string message)
    {
        string path = Path.Combine(_folder, "org.camfx.Bad1.xml");
        string doc = "<annotation name='org.gtk.GDBus.DocString' value='x'/>";
        File.WriteAllText(path, $"<node>\n <interface name='org.camfx.Bad1'>{doc}\n{member.Replace("DOC", doc, StringComparison.Ordinal)}\n </interface>\n</node>\n");

        (int code, _, string error) = Run(path);

        Assert.NotEqual(0, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] files)
    {
        string program = Path.Combine(s_root, "src/Camfx.DBus/Generator/generate.py");
        using Process process = Process.Start(new ProcessStartInfo("python3", ["-B", program, "Made", .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
