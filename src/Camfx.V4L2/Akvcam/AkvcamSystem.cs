namespace Camfx.V4L2;

/// <summary>
/// akvcam as this machine has it: its nodes, and whether somebody watches them. It is configured by a file that is read when the module is loaded, so
/// camfx uses what is configured and offers the text for what is wanted.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AkvcamSystem
{
    private readonly string _sysfs;
    private readonly string _configuration;

    /// <summary>Looks at the files of this machine, or of another place.</summary>
    public AkvcamSystem(string sysfs = "/sys", string configuration = AkvcamConfiguration.DefaultPath)
    {
        _sysfs = sysfs;
        _configuration = configuration;
    }

    /// <summary>Whether the module is loaded.</summary>
    public bool IsLoaded => Directory.Exists(Path.Combine(_sysfs, "module/akvcam"));

    /// <summary>The configuration file; null: there is none, or this user may not read it.</summary>
    public AkvcamConfiguration? Configuration => Read(_configuration) is { } text ? AkvcamConfiguration.Parse(text) : null;

    /// <summary>The output nodes, by number.</summary>
    public IReadOnlyList<AkvcamNode> Outputs()
    {
        string nodes = Path.Combine(_sysfs, "class/video4linux");
        if (!Directory.Exists(nodes)) return [];
        return
        [
            .. from folder in Directory.EnumerateDirectories(nodes)
            let name = Path.GetFileName(folder)
            let number = VideoNode.NumberOf(name)
            where number >= 0
            let listeners = Attribute(number, "listeners")
            where listeners is not null
            orderby number
            select new AkvcamNode($"/dev/{name}", Read(Path.Combine(folder, "name"))?.Trim() ?? "", Lines(Attribute(number, "connected_devices"))),
        ];
    }

    /// <summary>The cameras of an output node that programs stream from now; the driver has no event, so whoever must know asks again.</summary>
    /// <param name="number">N of the output's /dev/videoN.</param>
    public IReadOnlyList<string> Listeners(int number) => Lines(Attribute(number, "listeners"));

    private string? Attribute(int number, string name)
    {
        string folder = Path.Combine(_sysfs, "class/video4linux", $"video{number}");
        return Read(Path.Combine(folder, "controls", name)) ?? Read(Path.Combine(folder, name));
    }

    private static string[] Lines(string? text) =>
        text is null ? [] : text.Split(['\n', '\0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (IOException)
        {
            return null; // The node went away between the two looks.
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
