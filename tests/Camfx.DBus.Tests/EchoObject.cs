using Camfx.DBus.Tests.Interfaces;
using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>The server half of org.camfx.Test1.xml.</summary>
internal sealed class EchoObject : Test1Server
{
    /// <summary>Calls of Wait that were not answered yet.</summary>
    public List<MethodCall<uint>> Waiting { get; } = [];

    /// <summary>Called when a call of Wait came.</summary>
    public Action? Waited { get; set; }

    public override long Moment => 42;

    public void Happen(string what, uint times) => EmitHappened(what, times);

    protected override void EchoBasics(
        MethodCall<(byte Ry, bool Rb, short Rn, ushort Rq, int Ri, uint Ru, long Rx, ulong Rt, double Rd, string Rs, ObjectPath Ro, BusSignature Rg)> call,
        byte y, bool b, short n, ushort q, int i, uint u, long x, ulong t, double d, string s, ObjectPath o, BusSignature g) =>
        call.Reply((y, b, n, q, i, u, x, t, d, s, o, g));

    protected override void EchoCompounds(
        MethodCall<(byte[] Rbytes, ObjectPath[] Rpaths, (string Item1, string Item2, uint Item3)[] Rconsumers,
            (string Item1, string Item2, IReadOnlyDictionary<string, Variant> Item3)[] Rsources,
            (string Item1, IReadOnlyDictionary<string, Variant> Item2)[] Reffects, IReadOnlyDictionary<string, string[]> Rnames)> call,
        byte[] bytes, ObjectPath[] paths, (string Item1, string Item2, uint Item3)[] consumers,
        (string Item1, string Item2, IReadOnlyDictionary<string, Variant> Item3)[] sources,
        (string Item1, IReadOnlyDictionary<string, Variant> Item2)[] effects, IReadOnlyDictionary<string, string[]> names) =>
        call.Reply((bytes, paths, consumers, sources, effects, names));

    protected override void EchoVariant(MethodCall<Variant> call, Variant given) => call.Reply(given);

    protected override void EchoDescriptors(MethodCall<FileDescriptor[]> call, FileDescriptor first, FileDescriptor[] more)
    {
        FileDescriptor[] all = [.. more.Reverse(), first];
        call.Reply(all);
        foreach (FileDescriptor descriptor in all) descriptor.Dispose();
    }

    protected override void Fail(MethodCall call, string how)
    {
        if (how == "busy") throw BusException.Busy("Somebody has it.");
        if (how == "defect") throw new InvalidOperationException("A defect.");
        if (how == "twice")
        {
            call.Reply();
            call.Reply();
        }

        call.Fail(BusException.NotPermitted("Not you."));
    }

    protected override void Wait(MethodCall<uint> call)
    {
        Waiting.Add(call);
        Waited?.Invoke();
    }

    protected override void SetName(MethodCall call, string value)
    {
        if (value == "nobody") throw BusException.InvalidArgument("It may not be nobody.");
        Name = value;
        call.Reply();
    }
}
