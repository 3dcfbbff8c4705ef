namespace Camfx.Helper.Tests;

/// <summary>The helper's process in <see cref="Service.HelperProcess"/>: the program itself, run from this assembly.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => Helper.Program.Main(arguments);
}
