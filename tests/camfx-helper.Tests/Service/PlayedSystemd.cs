using Camfx.DBus;

namespace Camfx.Helper.Tests.Service;

/// <summary>systemd, as far as the helper asks it what it is about to do.</summary>
internal sealed class PlayedSystemd : BusInterface
{
    public const string BusName = "org.freedesktop.systemd1";
    public const string Path = "/org/freedesktop/systemd1";

    public PlayedSystemd()
        : base("org.freedesktop.systemd1.Manager", "<interface name=\"org.freedesktop.systemd1.Manager\"/>")
    {
    }

    /// <summary>The jobs it is working off: each a unit and what is done with it.</summary>
    public List<(string Unit, string Type)> Jobs { get; } = [];

    /// <summary>Whether it does not answer at all.</summary>
    public bool IsSilent { get; set; }

    protected override IReadOnlyList<string> PropertyNames => [];

    protected override bool Invoke(string member, IncomingCall call)
    {
        if (member != "ListJobs") return false;
        if (IsSilent) return true;
        new MethodCall<List<(string Unit, string Type)>>(call, static (writer, jobs) =>
        {
            writer.Open('a', "(usssoo)");
            for (int job = 0; job < jobs.Count; job++)
            {
                writer.Open('r', "usssoo");
                writer.Write((uint)job + 1);
                writer.Write(jobs[job].Unit);
                writer.Write(jobs[job].Type);
                writer.Write("running");
                writer.Write(new ObjectPath($"{Path}/job/{job + 1}"));
                writer.Write(new ObjectPath($"{Path}/unit/_{job + 1}"));
                writer.Close();
            }

            writer.Close();
        }).Reply(Jobs);
        return true;
    }

    protected override Variant? Get(string name) => null;

    protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;
}
