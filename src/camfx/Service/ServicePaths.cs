using System.Text;
using Camfx.DBus;

namespace Camfx.Service;

/// <summary>Names and paths on the session bus.</summary>
internal static class ServicePaths
{
    public const string BusName = "org.camfx.Camfx1";

    public const string Root = "/org/camfx/Camfx1";

    public const string Cameras = Root + "/cameras";

    public static ObjectPath Camera(string id) => $"{Cameras}/{id}";

    public static ObjectPath Output(string camera, int number) => $"{Cameras}/{camera}/outputs/{number}";

    public static ObjectPath Effect(string camera, string effect) => $"{Cameras}/{camera}/effects/{effect}";

    /// <summary>The last part of a path.</summary>
    public static string LastPart(ObjectPath path) => path.Text[(path.Text.LastIndexOf('/') + 1)..];

    /// <summary>A name as one part of a path, the way sd_bus_path_encode(3) does it: letters and digits stay, a digit at the start and all other bytes
    /// become <c>_xx</c>.</summary>
    public static string Encode(string name)
    {
        if (name.Length == 0) return "_";
        StringBuilder encoded = new();
        foreach (byte character in Encoding.UTF8.GetBytes(name))
        {
            bool plain = char.IsAsciiLetter((char)character) || (char.IsAsciiDigit((char)character) && encoded.Length > 0);
            if (plain) encoded.Append((char)character);
            else encoded.Append($"_{character:x2}");
        }

        return encoded.ToString();
    }

    /// <summary>Whether a text can be a part of a path.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= 128 && text.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
