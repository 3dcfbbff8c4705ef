namespace Camfx;

internal static class Program
{
    private static int Main(string[] arguments) => Cli.CommandLine.Run(arguments);
}
