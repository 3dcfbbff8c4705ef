using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace Camfx.Cli;

/// <summary>
/// Answers the shells' completion files (data/completions): <c>camfx --complete POSITION LINE</c> prints, one a line, what can stand at the cursor. What
/// each verb, option and argument can be is known where it is declared.
/// </summary>
internal static class Completion
{
    /// <summary>The first argument of such a question. Not an option that help shows: no person types it.</summary>
    public const string Request = "--complete";

    public static int Answer(RootCommand root, string[] arguments)
    {
        if (arguments is not [_, var position, var line] || !int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int at)) return (int)ExitCode.Usage;
        string typed = line[..Math.Min(at, line.Length)];
        string word = typed[(typed.LastIndexOf(' ') + 1)..];
        foreach (CompletionItem item in root.Parse(typed).GetCompletions(typed.Length))
            if (item.Label.StartsWith(word, StringComparison.Ordinal) && !item.Label.StartsWith('/') && item.Label is not ("-?" or "-h")) Console.Out.WriteLine(item.Label);
        return (int)ExitCode.Ok;
    }
}
