using Camfx.Pipeline;

namespace Camfx.Cli;

/// <summary>Where there is no terminal: one line whenever the camera's state changes.</summary>
internal sealed class StateLines(Camera camera) : CameraReport(camera)
{
    private string _shown = "";

    protected override bool Counts => false;

    protected override void Report(long published)
    {
        string outputs = string.Join(", ", Camera.Outputs.Select(output => $"{output.Kind} {output.State}"));
        string line = $"{Camera.Options.Name}: {Camera.State.ToString().ToLowerInvariant()} · {outputs}";
        if (line == _shown) return;
        _shown = line;
        Console.Out.WriteLine(line);
    }
}
