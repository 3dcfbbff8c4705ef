namespace Camfx.Imaging.Tests.Widths;

/// <summary>The child process of <see cref="WidthTests"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not ["kernels", string width])
        {
            Console.Error.WriteLine("This is a test assembly: run it with dotnet test.");
            return 2;
        }

        int active = ActiveWidth.Bits;
        Console.Out.WriteLine($"width {active}");
        if (width != "any" && int.Parse(width) != active)
        {
            Console.Error.WriteLine($"Expected vectors of {width} bits, this process has {active}.");
            return 3;
        }

        using StreamWriter output = new(Console.OpenStandardOutput());
        KernelCases.Run((name, hash) => output.WriteLine($"{name} {hash:x16}"));
        return 0;
    }
}
