namespace Camfx.Posix;

/// <summary>Who is at the other end of a unix socket, as the kernel noted it when the connection was made (SO_PEERCRED).</summary>
/// <param name="ProcessId">The process; 0 when it is in a pid namespace this one cannot see. It may have ended since.</param>
/// <param name="UserId">Its effective user id.</param>
/// <param name="GroupId">Its effective group id.</param>
public readonly record struct PeerCredentials(int ProcessId, uint UserId, uint GroupId);
