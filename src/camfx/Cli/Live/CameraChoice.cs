using System.CommandLine;
using Camfx.Configuration;

namespace Camfx.Cli.Live;

/// <summary><c>--camera</c>: which camera of the running service is meant.</summary>
internal static class CameraChoice
{
    public static Option<string> Option() => new("--camera")
    {
        HelpName = "CAMERA",
        Description = "The camera's name or id.",
        DefaultValueFactory = _ => CameraName.Default,
        CompletionSources = { _ => Suggestions.Cameras() },
    };
}
