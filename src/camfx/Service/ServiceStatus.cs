using Camfx.Pipeline;

namespace Camfx.Service;

/// <summary>What the service does, in the one line of <c>systemctl status</c>.</summary>
internal static class ServiceStatus
{
    public static string Of(CameraTable table)
    {
        string line = string.Join(" · ", table.All.Select(Of));
        return line.Length == 0 ? "no camera" : line;
    }

    private static string Of(CameraSession session)
    {
        string what = session.Camera switch
        {
            null => $"failed: {session.Failure}",
            { State: CameraState.Idle } => "idle",
            { State: CameraState.Placeholder } camera => $"placeholder: {camera.StateReason}",
            { } camera => camera.State.ToString().ToLowerInvariant(),
        };
        string[] watchers = [.. session.Consumers.Select(static consumer => consumer.Application).Distinct(StringComparer.Ordinal)];
        return $"{session.Record.Name}: {what}{(watchers.Length == 0 ? "" : $" to {string.Join(", ", watchers)}")}";
    }
}
