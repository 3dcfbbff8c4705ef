using System.CommandLine;
using Camfx.DBus;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Cli.Live;

/// <summary><c>camfx calibrate</c>: has a running camera take the picture of the empty scene.</summary>
internal static class CalibrateVerb
{
    private const double LongestDelay = 60, Second = 1e9;

    public static Command Create()
    {
        Option<string> camera = CameraChoice.Option();
        var seconds = new Option<double>("--seconds") { HelpName = "S", Description = "How long it is taken, 0.5 to 10 s.", DefaultValueFactory = _ => 2 };
        var delay = new Option<double>("--delay") { HelpName = "S", Description = "Time to step aside before it, 0 to 60 s.", DefaultValueFactory = _ => 3 };
        var calibrate = new Command(
            "calibrate",
            "Takes a picture of the empty scene, so that blur, replace and the like can tell people from the room. Step aside until it is done. It is kept for the "
            + "camera and its source; take it again when the camera was moved. Exit status 3 when camfx is not running.")
        {
            camera, seconds, delay,
        };
        calibrate.SetAction(parsed =>
        {
            double wait = parsed.GetValue(delay), length = parsed.GetValue(seconds);
            if (wait is not (>= 0 and <= LongestDelay)) throw CamfxException.Usage($"--delay takes 0 to {LongestDelay} seconds.");
            ServiceClient.Do(client => Take(client.Camera(parsed.GetValue(camera)!), wait, length));
        });
        return calibrate;
    }

    private static void Take(CameraView camera, double delay, double seconds)
    {
        Alarm clock = new();
        for (double left = delay; left > 0; left--)
        {
            Console.Out.WriteLine($"Step aside: {Math.Ceiling(left)} …");
            _ = clock.Sleep(MonotonicClock.Now + (long)(Math.Min(1, left) * Second));
        }

        Console.Out.WriteLine("Taking the empty scene; stay aside …");
        camera.Camera.Calibrate(new Dictionary<string, Variant>(StringComparer.Ordinal) { ["seconds"] = seconds });
        Console.Out.WriteLine("The empty scene is taken.");
    }
}
