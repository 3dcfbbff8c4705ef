namespace Camfx.Doctor;

/// <summary>What a look at the machine has found.</summary>
/// <param name="Topic">What was looked at, a few words.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Remedy">A command to paste that mends it; null where there is nothing to mend, or no command does.</param>
internal sealed record Finding(string Topic, Severity Severity, string Message, string? Remedy = null);
