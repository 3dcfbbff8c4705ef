namespace Camfx.Doctor.Machine;

/// <summary>The camera portal as the session's bus has it.</summary>
/// <param name="HasBus">Whether there is a session's bus.</param>
/// <param name="IsInstalled">Whether there is a portal, running or to be started.</param>
/// <param name="HasCamera">Whether it has its Camera interface: only where a back end can ask the user.</param>
/// <param name="SeesCamera">What it answers to apps that ask whether there is a camera; null: it did not.</param>
/// <param name="Permissions">What was once answered for apps: the app's id (empty for apps outside of a sandbox) and yes, no or ask.</param>
internal sealed record PortalAnswer(
    bool HasBus, bool IsInstalled, bool HasCamera, bool? SeesCamera, IReadOnlyDictionary<string, string> Permissions);
