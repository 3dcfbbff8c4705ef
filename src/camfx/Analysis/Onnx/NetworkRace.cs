using System.Diagnostics;
using System.Globalization;

namespace Camfx.Analysis.Onnx;

/// <summary>Chooses between a card and the processor by measuring.</summary>
internal static class NetworkRace
{
    // The first run makes what the others use again.
    private const int Runs = 5;

    /// <summary>The faster of two networks; the other is disposed.</summary>
    /// <param name="card">On a card.</param>
    /// <param name="processor">The same on the processor; when it wins it says why.</param>
    public static Network Faster(Network card, Network processor)
    {
        double onCard = Measure(card), onProcessor = Measure(processor);
        bool isCard = onCard < onProcessor;
        if (!isCard) processor.Fallback = string.Create(CultureInfo.InvariantCulture, $"the processor is faster, {onProcessor:0.0} ms against {onCard:0.0} ms");
        (isCard ? processor : card).Dispose();
        return isCard ? card : processor;
    }

    /// <summary>The least of several runs, in ms.</summary>
    private static double Measure(Network network)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Runs; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            network.Run();
            if (i > 0) least = Math.Min(least, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return least;
    }
}
