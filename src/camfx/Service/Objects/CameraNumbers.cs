using Camfx.DBus;
using Camfx.Pipeline;

namespace Camfx.Service.Objects;

/// <summary>A camera's figures as the property Statistics.</summary>
internal static class CameraNumbers
{
    public static IReadOnlyDictionary<string, Variant> Of(Camera? camera)
    {
        Dictionary<string, Variant> numbers = new(StringComparer.Ordinal);
        if (camera is null) return numbers;
        CameraFigures figures = camera.Figures();
        numbers["frames-in"] = (ulong)figures.FramesIn;
        numbers["frames-out"] = (ulong)figures.FramesOut;
        numbers["dropped"] = (ulong)figures.Dropped;
        numbers["missed"] = (ulong)figures.Missed;
        numbers["corrupted"] = (ulong)figures.Corrupted;
        numbers["copied-bytes"] = (ulong)figures.CopiedBytes;
        numbers["source-opened"] = (ulong)figures.SourceOpened;
        numbers["faults"] = (ulong)figures.Faults;
        numbers["fps-in"] = figures.FpsIn;
        numbers["fps-out"] = figures.FpsOut;
        if (figures.LatencyMedian is { } half) numbers["latency-p50"] = half;
        if (figures.LatencyP99 is { } most) numbers["latency-p99"] = most;
        numbers["analysed"] = (ulong)camera.Segmentation.Analysed;
        numbers["analysis-ms"] = camera.Segmentation.Milliseconds;
        numbers["memory"] = string.Join(", ", camera.Outputs.Where(static output => output.Memory.Length > 0).Select(static output => $"{output.Kind} {output.Memory}"));
        return numbers;
    }
}
