using System.Collections.Immutable;
using System.Globalization;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>What the user wrote about a plug-in, checked.</summary>
/// <param name="Path">The program's file, absolute; it is there and executable.</param>
/// <param name="Arguments">What the program gets.</param>
/// <param name="Memory">Bytes it may take.</param>
/// <param name="Cpu">Percent of one CPU it may take; more than 100 is more than one.</param>
/// <param name="Latency">How many frames ago a picture's frame may have been, to be shown.</param>
/// <param name="Folder">Where plug-ins get their folders: <c>$XDG_RUNTIME_DIR/camfx/plugins</c>.</param>
internal sealed record PluginOptions(string Path, ImmutableArray<string> Arguments, long Memory, int Cpu, int Latency, string Folder)
{
    private const long LeastMemory = 1 << 20, MostMemory = 1L << 40;
    private const int MostCpu = 100_000;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static ImmutableArray<EffectKey> Keys { get; } =
    [
        EffectKey.Text("path", null, "the absolute path of an executable file", "the program"),
        EffectKey.Text("args", "", "words between spaces; 'single quotes' keep a space", "its arguments"),
        EffectKey.Text("memory", "256M", "1M to 1024G, in bytes or with K, M or G", "memory it may take"),
        EffectKey.Text("cpu", "100%", "1% to 100000%, of one CPU", "CPU time it may take"),
        EffectKey.Number("latency", 2, 1, PublishedFrames.Longest, "frames its pictures may lag behind before the camera's own are shown"),
    ];

    /// <summary>The program's name, for people.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <exception cref="CamfxException">A value that cannot be taken, or a program that is not there or cannot be run.</exception>
    public static PluginOptions From(EffectValues values)
    {
        string path = values.Text("path");
        if (!System.IO.Path.IsPathRooted(path) || path.Contains('\0')) throw values.Refuse("path");
        var options = new PluginOptions(path, Words(values), Bytes(values), Percent(values), (int)values.Number("latency"), Folder: "");
        CheckProgram(path);
        return options with { Folder = RuntimeFolder() };
    }

    private static void CheckProgram(string path)
    {
        if (Directory.Exists(path))
            throw new CamfxException(ExitCode.NoSuchThing, $"The effect 'plugin' needs a program, and '{path}' is a folder; give the program's file.");
        if (!File.Exists(path))
            throw new CamfxException(ExitCode.NoSuchThing, $"The effect 'plugin' has no program: '{path}' does not exist; give the path of an executable file.");
        string file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (FileStatus.OfPath(file) is { } status && (status.Mode & Executable) == UnixFileMode.None)
            throw new CamfxException(ExitCode.NotPermitted, $"The effect 'plugin' cannot run '{path}', which is not executable; try chmod +x.");
    }

    private static string RuntimeFolder() => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder
        ? System.IO.Path.Combine(folder, "camfx", "plugins")
        : throw new CamfxException(ExitCode.Failed, "The effect 'plugin' has no place for its sockets: set XDG_RUNTIME_DIR.");

    private static ImmutableArray<string> Words(EffectValues values)
    {
        string text = values.Text("args");
        return text.Contains('\0') || text.Count(character => character == '\'') % 2 != 0 ? throw values.Refuse("args") : [.. Split(text)];
    }

    /// <summary>Words end at spaces; between single quotes they do not, and <c>''</c> is an empty word.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var word = new System.Text.StringBuilder();
        bool quoted = false, any = false;
        foreach (char character in text + " ")
        {
            if (character == '\'') (quoted, any) = (!quoted, true);
            else if (character != ' ' || quoted) word.Append(character);
            else
            {
                if (any || word.Length > 0) yield return word.ToString();
                word.Clear();
                any = false;
            }
        }
    }

    private static long Bytes(EffectValues values)
    {
        string text = values.Text("memory");
        int shift = text.Length == 0 ? 0 : text[^1] switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return long.TryParse(text.AsSpan(0, text.Length - (shift == 0 ? 0 : 1)), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= MostMemory && number << shift is >= LeastMemory and <= MostMemory
            ? number << shift
            : throw values.Refuse("memory");
    }

    private static int Percent(EffectValues values) =>
        int.TryParse(values.Text("cpu").TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent is >= 1 and <= MostCpu
            ? percent
            : throw values.Refuse("cpu");
}
