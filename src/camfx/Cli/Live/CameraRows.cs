using System.Globalization;
using Camfx.DBus.Interfaces;

namespace Camfx.Cli.Live;

/// <summary>A camera as a row of a table.</summary>
internal static class CameraRows
{
    public static readonly string[] Heads = ["CAMERA", "STATE", "SOURCE", "SIZE", "FPS", "WATCHED BY"];

    public static readonly string[] LiveHeads = ["CAMERA", "STATE", "SOURCE", "IN", "OUT", "DROPPED", "LATENCY", "FAULTS", "WATCHED BY"];

    /// <summary>What stands there when there is no row.</summary>
    public const string None = "There are no cameras; 'camfx camera add NAME' makes one.";

    /// <summary>Where in a live row the camera says what it does.</summary>
    public const int StateColumn = 1;

    public static string[] Of(CameraView view)
    {
        Camera1Proxy camera = view.Camera;
        string rate = camera.FrameRate.ToString("0.###", CultureInfo.InvariantCulture);
        return [camera.Name, camera.State, camera.Source, $"{camera.Width}x{camera.Height}", rate, StatusText.Watchers(camera)];
    }

    public static string[] Live(CameraView view)
    {
        Camera1Proxy camera = view.Camera;
        return
        [
            camera.Name, StatusText.Doing(camera), camera.Source, Rate(camera, "fps-in"), Rate(camera, "fps-out"), $"{StatusText.Count(camera, "dropped")}",
            StatusText.Latency(camera), $"{StatusText.Count(camera, "faults")}", StatusText.Watchers(camera),
        ];
    }

    private static string Rate(Camera1Proxy camera, string name) =>
        (StatusText.Measure(camera, name) ?? 0).ToString("0.#", CultureInfo.InvariantCulture);
}
