using Camfx.Bench.Conversion;
using Camfx.Bench.Effects;
using Camfx.Bench.Queue;
using Camfx.Bench.Service;

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
            case "effects":
                return EffectsBench.Run(arguments.AsSpan(1));
            case "queue":
                return QueueBench.Run(arguments.AsSpan(1));
            case "queue-reader" when arguments.Length == 2:
                return WakeRun.Read(arguments[1]);
            case "transport-writer" when arguments.Length == 6:
                return TransportWriter.Run(arguments.AsSpan(1));
            case "service" when arguments.Length >= 2:
                return ServiceBench.Run(arguments[1], arguments.Contains("--quick"));
            case "copy-control":
                return CopyControl.Run();
            default:
                Console.Error.WriteLine("Usage: Camfx.Bench conversion [FILTER] | scaling | effects [FILTER] [--quick] | queue [--quick]");
                return 2;
        }
    }
}
