using Camfx.DBus;

namespace Camfx.Helper.Service;

/// <summary>
/// What systemd is about to do with this service. A process that is told to end cannot see from that whether another one follows; the job that
/// systemd is working off says so.
/// </summary>
internal static class UnitJob
{
    /// <summary>The service's unit.</summary>
    public const string Unit = "camfx-helper.service";

    /// <summary>systemd ends the service and starts no other process: `systemctl stop`, a removal of the package, a shutdown.</summary>
    public const string Stop = "stop";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The type of the unit's job, e.g. <see cref="Stop"/> or <c>restart</c>.</summary>
    /// <returns>Null: there is no job, or nobody says.</returns>
    public static string? Ask(Bus bus)
    {
        try
        {
            using BusMessage reply = bus.Call(
                bus.NewCall("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "ListJobs"), s_patience);
            return Find(reply.Read());
        }
        catch (BusException)
        {
            // ignoring: without an answer the nodes are left for a next process, as after a kill.
            return null;
        }
    }

    private static string? Find(MessageReader jobs)
    {
        jobs.Enter('a', "(usssoo)");
        while (!jobs.AtEnd)
        {
            jobs.Enter('r', "usssoo");
            jobs.ReadUInt32();
            string unit = jobs.ReadString(), type = jobs.ReadString();
            jobs.ReadString();
            jobs.ReadObjectPath();
            jobs.ReadObjectPath();
            jobs.Exit();
            if (unit == Unit) return type;
        }

        return null;
    }
}
