namespace Camfx.DBus;

/// <summary>Who is behind a bus name, as the bus noted it when the connection was made.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ProcessId">The process; 0 where the bus does not know. It may have ended since: ask polkit about the bus name, not about this.</param>
public readonly record struct BusCredentials(uint UserId, uint ProcessId)
{
    internal static BusCredentials From(IReadOnlyDictionary<string, Variant> facts)
    {
        if (!facts.TryGetValue("UnixUserID", out Variant? user))
            throw new BusException(BusErrors.AccessDenied, "The bus does not know which user the caller is.");
        return new(user.Get(BusType.UInt32), facts.TryGetValue("ProcessID", out Variant? process) ? process.Get(BusType.UInt32) : 0);
    }
}
