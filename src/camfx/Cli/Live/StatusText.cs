using System.Globalization;
using System.Text;
using Camfx.Configuration;
using Camfx.DBus.Interfaces;

namespace Camfx.Cli.Live;

/// <summary>The running cameras for a reader.</summary>
internal static class StatusText
{
    public static string Of(string version, uint process, IReadOnlyList<CameraView> cameras)
    {
        StringBuilder text = new();
        text.Append($"camfx {version}, pid {process}\n");
        if (cameras.Count == 0) text.Append(CameraRows.None).Append('\n');
        foreach (CameraView camera in cameras) Add(text, camera);
        return text.ToString();
    }

    /// <summary>What a camera does, in a few words.</summary>
    public static string Doing(Camera1Proxy camera) => camera.StateReason.Length > 0 ? $"{camera.State}: {camera.StateReason}" : camera.State;

    /// <summary>Who watches.</summary>
    public static string Watchers(Camera1Proxy camera) => camera.Consumers.Length == 0
        ? "nobody"
        : string.Join(", ", camera.Consumers.Select(static consumer =>
            $"{(consumer.Application.Length > 0 ? consumer.Application : "an app")} ({consumer.Output}{(consumer.Pid > 0 ? $", pid {consumer.Pid}" : "")})"));

    /// <summary>An effect as its SPEC.</summary>
    public static string Spec(Effect1Proxy effect)
    {
        string keys = KeyValueList.Format(effect.Parameters.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Value as string ?? "")));
        return keys.Length == 0 ? effect.Kind : $"{effect.Kind}:{keys}";
    }

    /// <summary>A count of Statistics.</summary>
    public static ulong Count(Camera1Proxy camera, string name) => camera.Statistics.GetValueOrDefault(name)?.Value as ulong? ?? 0;

    /// <summary>A measure of Statistics; null where there is none.</summary>
    public static double? Measure(Camera1Proxy camera, string name) => camera.Statistics.GetValueOrDefault(name)?.Value as double?;

    /// <summary>How frames reach consumers.</summary>
    public static string Memory(Camera1Proxy camera) => camera.Statistics.GetValueOrDefault("memory")?.Value as string ?? "";

    /// <summary>The median delay and that of the slowest of a hundred, in ms.</summary>
    public static string Latency(Camera1Proxy camera) => Measure(camera, "latency-p50") is { } half && Measure(camera, "latency-p99") is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{half:0.0} ms, p99 {most:0.0} ms")
        : "–";

    private static void Add(StringBuilder text, CameraView view)
    {
        Camera1Proxy camera = view.Camera;
        text.Append(CultureInfo.InvariantCulture, $"\n{camera.Name}  {Doing(camera)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  source   {camera.Source}, {camera.Width}x{camera.Height} at {camera.FrameRate:0.###} fps");
        text.Append(camera.Idle == "on-demand" ? "" : $", {camera.Idle}").Append(camera.Enabled ? "" : ", switched off").Append('\n');
        text.Append($"  watched  by {Watchers(camera)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  frames   {Measure(camera, "fps-in") ?? 0:0.#} fps in, {Measure(camera, "fps-out") ?? 0:0.#} fps out, ");
        text.Append($"{Count(camera, "dropped")} dropped, {Count(camera, "missed")} missed, {Count(camera, "faults")} faults\n");
        text.Append($"  latency  {Latency(camera)}\n");
        if (Memory(camera) is { Length: > 0 } memory) text.Append($"  memory   {memory}\n");
        foreach (Output1Proxy output in view.Outputs)
        {
            text.Append($"  output   {output.Kind} {output.State}{(output.Target.Length > 0 ? $", {output.Target}" : "")}");
            text.Append(output.Problem.Length > 0 ? $": {output.Problem}\n" : "\n");
        }

        foreach (Effect1Proxy effect in view.Effects) text.Append($"  effect   {Line(effect)}\n");
    }

    /// <summary>An effect with its number and cost, and what is wrong with it.</summary>
    public static string Line(Effect1Proxy effect) => string.Create(
        CultureInfo.InvariantCulture, $"{CameraView.NumberOf(effect)} {Spec(effect)}{(effect.Enabled ? effect.Cost > 0 ? $", {effect.Cost:0.00} ms" : "" : ", disabled")}{(effect.Problem.Length > 0 ? $": {effect.Problem}" : "")}");
}
