using System.Xml.Linq;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>The errors that data/dbus documents for the session's interfaces.</summary>
internal static class DocumentedErrors
{
    private static readonly string[] s_interfaces = ["Manager1", "Camera1", "Output1", "Effect1"];

    /// <summary>Each as <c>Interface.Member/Error</c>.</summary>
    public static HashSet<string> All()
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        foreach (string name in s_interfaces)
        {
            foreach (XElement member in File(name).Elements().Where(element => element.Name == "method" || element.Name == "property"))
                foreach (string error in Errors(member)) all.Add($"{name}.{member.Attribute("name")!.Value}/{error}");
        }

        return all;
    }

    /// <summary>The members that document an error.</summary>
    public static IEnumerable<string> With(string error) => All().Where(pair => pair.EndsWith("/" + error, StringComparison.Ordinal)).Select(pair => pair.Split('/')[0]);

    /// <summary>An interface as its file has it.</summary>
    public static XElement File(string name) =>
        XDocument.Load(Path.Combine(BuiltCamfx.Repository, "data/dbus", $"org.camfx.{name}.xml")).Root!.Element("interface")!;

    private static IEnumerable<string> Errors(XElement member) => member.Elements("annotation")
        .Where(annotation => annotation.Attribute("name")!.Value == "org.camfx.Errors")
        .SelectMany(annotation => annotation.Attribute("value")!.Value.Split(';'))
        .Select(error => error.Split(':')[0].Trim());
}
