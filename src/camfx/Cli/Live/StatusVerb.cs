using System.CommandLine;

namespace Camfx.Cli.Live;

/// <summary><c>camfx status [--json]</c>: what the service does.</summary>
internal static class StatusVerb
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var status = new Command(
            "status", "Says of each camera: its source, what it does, who watches, frames, delays, how frames reach consumers, and faults. Exit status 3 when camfx is not running.")
        {
            json,
        };
        status.SetAction(parsed => ServiceClient.Do(client =>
        {
            IReadOnlyList<CameraView> cameras = client.Cameras();
            uint process = client.Bus.CredentialsOf(client.Owner).ProcessId;
            Console.Out.Write(parsed.GetValue(json) ? StatusJson.Of(client.Root.Version, process, cameras) : StatusText.Of(client.Root.Version, process, cameras));
        }));
        return status;
    }
}
