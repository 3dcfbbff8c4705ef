using Camfx.Effects.Plugin;
using Camfx.Pipeline;
using Camfx.Sinks;

namespace Camfx.Cli;

/// <summary>One line on the terminal that is kept up to date. It is written only when it changes.</summary>
internal sealed class StatusLine(Camera camera) : CameraReport(camera)
{
    private const string ClearLine = "\r\e[K";

    private string _shown = "";

    public override void Dispose()
    {
        base.Dispose();
        Console.Out.WriteLine();
    }

    // They stand in the line itself.
    protected override bool TellsProblems => false;

    protected override bool Counts => Camera.State != CameraState.Idle;

    protected override void Report(long published)
    {
        string line = Describe(Camera, published);
        if (line == _shown) return;
        _shown = line;
        int width = Math.Max(Console.WindowWidth - 1, 20);
        Console.Out.Write(ClearLine + (line.Length > width ? line[..(width - 1)] + "…" : line));
    }

    /// <summary>What the camera does, in one line.</summary>
    internal static string Describe(Camera camera, long published)
    {
        string mode = $"{camera.Options.Name}: {camera.Options.Source} {camera.Options.Mode.Width}x{camera.Options.Mode.Height}";
        string outputs = string.Join(", ", camera.Outputs.Select(output => $"{output.Kind} {output.Problem ?? output.State}"));
        string what = camera.State switch
        {
            CameraState.Idle => "idle, nobody watches",
            CameraState.Placeholder => $"placeholder: {camera.StateReason}",
            CameraState.Starting => "starting",
            _ => $"{published} fps, {camera.SourceCounts.Dropped} dropped",
        };
        Consumer[] consumers = [.. camera.Consumers];
        string watchers = consumers.Length == 0 ? "" : " → " + string.Join(", ", consumers.Select(consumer => consumer.Application));
        return $"{mode} · {what}{watchers} · {outputs}{string.Concat(camera.EffectInstances.OfType<PluginEffect>().Select(effect => Describe(effect.Statistics)))}";
    }

    /// <summary>What a plug-in does, in a few words.</summary>
    internal static string Describe(PluginStatistics plugin)
    {
        string cost = plugin.CpuPerPicture is { } cpu ? $" {cpu:0.0} ms CPU" : "";
        string latency = plugin.LatencyMedian is { } median ? $" {median:0.0} ms late" : "";
        string what = plugin.State switch
        {
            PluginState.Resting => " resting",
            PluginState.Starting => " starting",
            PluginState.Running => cost + latency,
            PluginState.Late => $" too late{latency}, {plugin.ByPassed} by-passed",
            _ => $" {plugin.Problem}",
        };
        return $" · {Path.GetFileName(plugin.Path)}{what}";
    }
}
