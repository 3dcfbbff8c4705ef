using Camfx.Bench.Conversion;

namespace Camfx.Bench;

/// <summary>The benchmarks, one verb each.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments.FirstOrDefault())
        {
            case "conversion":
                return ConversionBench.Run(arguments.AsSpan(1));
            case "scaling":
                return ScalingBench.Run();
            default:
                Console.Error.WriteLine("Usage: Camfx.Bench conversion [FILTER] | scaling");
                return 2;
        }
    }
}
