namespace Camfx.Sinks;

/// <summary>Somebody who watches.</summary>
/// <param name="Output">The output's kind.</param>
/// <param name="Application">The application's name, as it calls itself.</param>
/// <param name="ProcessId">Its process, or 0 when it is not known.</param>
internal sealed record Consumer(string Output, string Application, int ProcessId);
