namespace Camfx.Effects.Plugin;

/// <summary>What a plug-in does and costs.</summary>
/// <param name="Path">The program.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Problem">What is wrong and what to do, in one sentence; null when nothing is.</param>
/// <param name="ProcessId">Its process; 0 while there is none.</param>
/// <param name="Limits">What holds it to its memory and CPU time on this machine.</param>
/// <param name="Shown">Frames that showed its picture.</param>
/// <param name="ByPassed">Frames that showed the camera's own picture instead.</param>
/// <param name="Held">Frames that showed the camera's own picture of a frame before once more.</param>
/// <param name="Torn">Its pictures that it drew over while they were copied.</param>
/// <param name="Pictures">Pictures it gave.</param>
/// <param name="Restarts">Times it was started again.</param>
/// <param name="CpuPerPicture">CPU time the running program has taken for each picture it gave, in ms; null when nobody knows.</param>
/// <param name="LatencyMedian">From a frame's publication to its finished picture, in ms: half of the last 512 took no longer.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
/// <param name="CopiedBytes">Bytes the render thread copied for it.</param>
internal sealed record PluginStatistics(
    string Path,
    PluginState State,
    string? Problem,
    int ProcessId,
    string Limits,
    long Shown,
    long ByPassed,
    long Held,
    long Torn,
    long Pictures,
    long Restarts,
    double? CpuPerPicture,
    double? LatencyMedian,
    double? LatencyP99,
    long CopiedBytes);
