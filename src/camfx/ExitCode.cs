namespace Camfx;

/// <summary>What camfx returns to the shell.</summary>
internal enum ExitCode
{
    Ok = 0,
    Failed = 1,
    Usage = 2,
    NotRunning = 3,
    NotPermitted = 4,
    NoSuchThing = 5,
}
