using System.CommandLine;

namespace Camfx.Cli.Live;

/// <summary><c>camfx source set URI</c>: another source for a running camera.</summary>
internal static class SourceSet
{
    public static Command Create()
    {
        var uri = new Argument<string>("URI")
        {
            HelpName = "URI",
            Description = "The source; 'camfx source list' shows what there is.",
            CompletionSources = { context => Suggestions.Sources(context.WordToComplete) },
        };
        Option<string> camera = CameraChoice.Option();
        var set = new Command("set", "Shows another source, live: who watches sees the picture change and nothing else. Exit status 3 when camfx is not running.") { uri, camera };
        set.SetAction(parsed =>
        {
            string source = FilePaths.OfSource(parsed.GetValue(uri)!);
            ServiceClient.Do(client => client.Camera(parsed.GetValue(camera)!).Camera.SetSource(source));
        });
        return set;
    }
}
