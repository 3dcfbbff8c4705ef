using Camfx.Doctor.Machine;

namespace Camfx.Doctor.Checks;

/// <summary>Whether PipeWire is there and answers.</summary>
internal sealed class PipeWireCheck() : Check("PipeWire")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        PipeWireAnswer answer = machine.PipeWire;
        if (answer.Graph is { } graph) return [Ok($"PipeWire {graph.Version} answers.")];
        if (!answer.IsInstalled) return [Problem("libpipewire is not installed, so camfx cannot show its camera at PipeWire.",
            "sudo apt install libpipewire-0.3-0 pipewire wireplumber")];
        return machine.Files.Exists("/usr/bin/pipewire")
            ? [Problem($"PipeWire does not answer: {answer.WhyNot}", "systemctl --user enable --now pipewire.socket wireplumber.service")]
            : [Problem("PipeWire is not installed.", "sudo apt install pipewire wireplumber")];
    }
}
