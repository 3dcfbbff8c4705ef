namespace Camfx.Doctor.Checks;

/// <summary>What modprobe's configuration says of v4l2loopback (modprobe.d(5)).</summary>
internal static class ModprobeFiles
{
    private static readonly string[] s_folders =
        ["/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d"];

    /// <summary>The lines that begin with a command for the module.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="command">E.g. <c>options</c>.</param>
    /// <returns>Each with its file, in the order in which modprobe reads them; the later wins.</returns>
    public static IReadOnlyList<(string File, string Value)> Lines(IMachine machine, string command)
    {
        // A file hides those of the same name in the folders behind it; all together are read in the order of their names.
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string folder in s_folders)
            foreach (string file in machine.Files.List(folder))
                if (file.EndsWith(".conf", StringComparison.Ordinal)) files.TryAdd(Path.GetFileName(file), file);

        List<(string, string)> lines = [];
        foreach (string file in files.Values)
        {
            foreach (string line in (machine.Files.Read(file) ?? "").Split('\n'))
            {
                string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (words.Length == 3 && words[0] == command && words[1] == LoopbackModule.Name) lines.Add((file, words[2]));
            }
        }

        return lines;
    }
}
