using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>akvcam's config.ini: what is in it, and the text for what is wanted. The module reads it once, when it is loaded.</summary>
/// <param name="Cameras">The devices.</param>
/// <param name="Connections">Which output (its index) feeds which captures.</param>
public sealed record AkvcamConfiguration(ImmutableArray<AkvcamCamera> Cameras, ImmutableArray<(int Output, ImmutableArray<int> Captures)> Connections)
{
    /// <summary>Where the module looks for it.</summary>
    public const string DefaultPath = "/etc/akvcam/config.ini";

    private static readonly (string Name, PixelFormat Format)[] s_formats =
    [
        ("YUY2", PixelFormat.Yuyv), ("UYVY", PixelFormat.Uyvy), ("NV12", PixelFormat.Nv12), ("RGB24", PixelFormat.Rgb24), ("BGR24", PixelFormat.Bgr24),
    ];

    private static readonly (string Name, MemoryType Type)[] s_modes =
    [
        ("dmabuf", MemoryType.Dmabuf), ("userptr", MemoryType.Userptr), ("mmap", MemoryType.Mmap), ("rw", MemoryType.ReadWrite),
    ];

    /// <summary>Reads the text. Lines that say nothing known are passed over, as the module does.</summary>
    public static AkvcamConfiguration Parse(string text)
    {
        Dictionary<string, string> values = Values(text);
        Dictionary<int, List<AkvcamFormat>> formats = [];
        foreach (int index in Indices(values, "formats/")) formats[index] = Formats(values, index);

        List<AkvcamCamera> cameras = [];
        foreach (int index in Indices(values, "cameras/"))
        {
            string start = $"cameras/{index}/";
            cameras.Add(new AkvcamCamera(
                index,
                values.GetValueOrDefault(start + "type") == "output",
                values.GetValueOrDefault(start + "description", ""),
                [.. Parts(values.GetValueOrDefault(start + "mode", "mmap")).SelectMany(name => s_modes.Where(mode => mode.Name == name)).Select(mode => mode.Type)],
                [.. Parts(values.GetValueOrDefault(start + "formats", "")).SelectMany(part => formats.GetValueOrDefault(Number(part, 0), []))],
                Number(values.GetValueOrDefault(start + "videonr", ""), -1)));
        }

        List<(int, ImmutableArray<int>)> connections = [];
        foreach (int index in Indices(values, "connections/"))
        {
            int[] ends = [.. values.GetValueOrDefault($"connections/{index}/connection", "").Split(':').Select(part => Number(part, 0))];
            if (ends.Length > 1 && ends.All(end => end > 0)) connections.Add((ends[0], [.. ends[1..]]));
        }

        return new AkvcamConfiguration([.. cameras], [.. connections]);
    }

    /// <summary>
    /// The text that gives one camera: an output that takes every memory type, and a capture of the same single format, so that frames pass through.
    /// </summary>
    /// <param name="name">The camera's name.</param>
    /// <param name="format">What it shows.</param>
    /// <exception cref="ArgumentException">akvcam does not know the pixel format, or the name has a line break.</exception>
    public static string TextFor(string name, AkvcamFormat format)
    {
        string? code = s_formats.FirstOrDefault(known => known.Format == format.Format).Name;
        if (code is null) throw new ArgumentException($"akvcam has no format {format.Format}; use YUYV, UYVY, NV12, RGB24 or BGR24.", nameof(format));
        if (name.Any(char.IsControl)) throw new ArgumentException($"'{name}' has a control character; a name is one line.", nameof(name));
        StringBuilder text = new();
        text.Append("[Cameras]\ncameras/size = 2\n\n");
        text.Append(CultureInfo.InvariantCulture, $"cameras/1/type = output\ncameras/1/mode = mmap, userptr, rw, dmabuf\ncameras/1/description = {name} (input)\ncameras/1/formats = 1\n\n");
        text.Append(CultureInfo.InvariantCulture, $"cameras/2/type = capture\ncameras/2/mode = mmap, userptr, rw\ncameras/2/description = {name}\ncameras/2/formats = 1\n\n");
        text.Append(CultureInfo.InvariantCulture, $"[Formats]\nformats/size = 1\n\nformats/1/format = {code}\nformats/1/width = {format.Width}\nformats/1/height = {format.Height}\n");
        text.Append(CultureInfo.InvariantCulture, $"formats/1/fps = {format.Rate.Numerator}/{format.Rate.Denominator}\n\n[Connections]\nconnections/size = 1\nconnections/1/connection = 1:2\n");
        return text.ToString();
    }

    private static Dictionary<string, string> Values(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.Trim();
            int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && trimmed[0] is not ('#' or ';' or '[')) values[trimmed[..equals].Trim()] = trimmed[(equals + 1)..].Trim().Trim('"');
        }

        return values;
    }

    private static IEnumerable<int> Indices(Dictionary<string, string> values, string start) =>
        values.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal))
            .Select(key => Number(key[start.Length..].Split('/')[0], 0))
            .Where(index => index > 0).Distinct().Order();

    // Lists in every field stand for all their combinations.
    private static List<AkvcamFormat> Formats(Dictionary<string, string> values, int index)
    {
        string start = $"formats/{index}/";
        return
        [
            .. from name in Parts(values.GetValueOrDefault(start + "format", ""))
            from width in Parts(values.GetValueOrDefault(start + "width", ""))
            from height in Parts(values.GetValueOrDefault(start + "height", ""))
            from rate in Parts(values.GetValueOrDefault(start + "fps", ""))
            let format = s_formats.FirstOrDefault(known => known.Name == name).Format
            select new AkvcamFormat(format, Number(width, 0), Number(height, 0), Rate(rate)),
        ];
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text, int otherwise) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static FrameRate Rate(string text)
    {
        string[] parts = text.Split('/');
        var rate = new FrameRate(Number(parts[0], 0), parts.Length > 1 ? Number(parts[1], 0) : 1);
        return rate.IsKnown ? rate : FrameRate.Unknown;
    }
}
