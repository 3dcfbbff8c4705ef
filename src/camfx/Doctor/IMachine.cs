using Camfx.Doctor.Machine;

namespace Camfx.Doctor;

/// <summary>The machine that is looked at: the seam between the checks and everything real. Nothing here throws or changes the machine.</summary>
internal interface IMachine
{
    /// <summary>Files, environment and programs.</summary>
    IFiles Files { get; }

    /// <summary>Who runs, and who has a node open.</summary>
    IProcesses Processes { get; }

    /// <summary>Video nodes.</summary>
    IVideo Video { get; }

    /// <summary>Questions to the buses.</summary>
    IBusAnswers Buses { get; }

    /// <summary>PipeWire's graph.</summary>
    PipeWireAnswer PipeWire { get; }
}
