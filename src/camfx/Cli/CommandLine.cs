using System.CommandLine;
using System.CommandLine.Parsing;
using Camfx.Cli.Live;
using Camfx.Cli.Models;

namespace Camfx.Cli;

/// <summary>The command line: <c>camfx VERB [NOUN] [options]</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command and returns what the shell gets. Every failure is one sentence on stderr.</summary>
    public static int Run(string[] arguments)
    {
        var root = new RootCommand("camfx: any camera, any effect, in every app.")
        {
            RunVerb.Create(), StatusVerb.Create(), CameraNoun.Create(), SourceNoun.Create(), EffectNoun.Create(), PresetNoun.Create(), DeviceNoun.Create(), SnapshotVerb.Create(),
            MonitorVerb.Create(), CalibrateVerb.Create(), DoctorVerb.Create(), ModelNoun.Create(),
        };
        foreach (Command verb in ServiceVerbs.Create()) root.Subcommands.Add(verb);
        foreach (VersionOption version in root.Options.OfType<VersionOption>()) version.Action = new VersionAction();
        if (arguments is [CommandDescription.Request]) return CommandDescription.Answer(root);
        if (arguments is [Completion.Request, ..]) return Completion.Answer(root, arguments);
        try
        {
            ParseResult parsed = root.Parse(arguments);
            if (parsed.UnmatchedTokens.Count > 0)
                throw CamfxException.Usage($"'{parsed.UnmatchedTokens[0]}' is not understood here. See '{Help(parsed)}'.");
            if (parsed.Errors.Count > 0)
                throw CamfxException.Usage($"{parsed.Errors[0].Message} See '{Help(parsed)}'.");
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CamfxException failure)
        {
            Console.Error.WriteLine($"camfx: {failure.Message}");
            return (int)failure.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            Console.Error.WriteLine($"camfx: {failure.Message}");
            return (int)ExitCode.Failed;
        }
    }

    private static string Help(ParseResult parsed)
    {
        string words = "--help";
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } command; result = result.Parent)
            words = $"{command.Command.Name} {words}";
        return $"camfx {words}";
    }
}
