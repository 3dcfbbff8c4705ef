using System.CommandLine;
using System.CommandLine.Invocation;

namespace Camfx.Cli;

/// <summary><c>camfx --version</c>: name and version, as camfx-helper says its own.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine($"camfx {ProgramVersion.Text}");
        return (int)ExitCode.Ok;
    }
}
