namespace Camfx.Doctor.Machine;

/// <summary>camfx-helper as the system bus has it.</summary>
/// <param name="State">Whether it is there.</param>
/// <param name="Error">Why it does not answer; null where it does, or is not there.</param>
/// <param name="Findings">What it finds itself: topic, severity, sentence.</param>
internal sealed record HelperAnswer(HelperState State, string? Error, IReadOnlyList<(string Topic, string Severity, string Message)> Findings)
{
    /// <summary>Whether somebody has installed it: then a camera is meant to be a device, too.</summary>
    public bool IsInstalled => State is HelperState.Silent or HelperState.Answers;
}
