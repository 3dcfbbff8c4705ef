using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>Every type that camfx's interfaces use, there and back.</summary>
public sealed class TypesTests : BusPair
{
    [Fact]
    public void Basic_values_at_their_limits()
    {
        var low = Proxy.EchoBasics(0, false, short.MinValue, 0, int.MinValue, 0, long.MinValue, 0, double.MinValue, "", "/", new BusSignature(""));
        var high = Proxy.EchoBasics(
            255, true, short.MaxValue, 65535, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, double.Epsilon, "ä€😀 'x'", "/a/b_1", new BusSignature("a{sv}(ss)"));

        Assert.Equal((0, false, short.MinValue, 0, int.MinValue, 0u, long.MinValue, 0ul, double.MinValue, "", "/", ""),
            (low.Ry, low.Rb, low.Rn, low.Rq, low.Ri, low.Ru, low.Rx, low.Rt, low.Rd, low.Rs, low.Ro.Text, low.Rg.Text));
        Assert.Equal((255, true, short.MaxValue, 65535, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, double.Epsilon, "ä€😀 'x'", "/a/b_1", "a{sv}(ss)"),
            (high.Ry, high.Rb, high.Rn, high.Rq, high.Ri, high.Ru, high.Rx, high.Rt, high.Rd, high.Rs, high.Ro.Text, high.Rg.Text));
    }

    [Fact]
    public void Arrays_structures_and_dictionaries()
    {
        Dictionary<string, Variant> details = new() { ["width"] = 1280u, ["name"] = "x", ["list"] = Variant.Of(BusType.Array(BusType.String), ["a", "b"]) };

        var echo = Proxy.EchoCompounds(
            [1, 2, 255], ["/a", "/b"], [("pipewire", "Firefox", 12u), ("device", "", 0u)], [("test:", "Test", details)], [("blur", details)],
            new Dictionary<string, string[]> { ["a"] = ["1", "2"], ["b"] = [] });

        Assert.Equal([1, 2, 255], echo.Rbytes);
        Assert.Equal(["/a", "/b"], echo.Rpaths.Select(path => path.Text));
        Assert.Equal([("pipewire", "Firefox", 12u), ("device", "", 0u)], echo.Rconsumers);
        Assert.Equal(("test:", "Test", 1280u), (echo.Rsources[0].Item1, echo.Rsources[0].Item2, echo.Rsources[0].Item3["width"].Get(BusType.UInt32)));
        Assert.Equal(["a", "b"], echo.Reffects[0].Item2["list"].Get(BusType.Array(BusType.String)));
        Assert.Equal(["1", "2"], echo.Rnames["a"]);
        Assert.Empty(echo.Rnames["b"]);
    }

    [Fact]
    public void Nothing_at_all()
    {
        var echo = Proxy.EchoCompounds([], [], [], [], [], new Dictionary<string, string[]>());

        Assert.Equal(0, echo.Rbytes.Length + echo.Rpaths.Length + echo.Rconsumers.Length + echo.Rsources.Length + echo.Reffects.Length + echo.Rnames.Count);
    }

    [Fact]
    public void Variants_of_every_type()
    {
        BusType<(int, string)> pair = BusType.Struct(BusType.Int32, BusType.String);
        Same(BusType.Byte, (byte)7);
        Same(BusType.Boolean, true);
        Same(BusType.Int16, (short)-7);
        Same(BusType.UInt16, (ushort)7);
        Same(BusType.Int32, -70000);
        Same(BusType.UInt32, 70000u);
        Same(BusType.Int64, -1L);
        Same(BusType.UInt64, 1UL);
        Same(BusType.Double, 0.1);
        Same(BusType.String, "text");
        Same(BusType.ObjectPath, (ObjectPath)"/a");
        Same(BusType.BusSignature, new BusSignature("as"));
        Same(BusType.Array(BusType.Byte), [1, 2, 3]);
        Same(BusType.Array(BusType.String), ["a", "b"]);
        Same(BusType.Array(BusType.Array(BusType.Int32)), [[1], [], [2, 3]]);
        Same(pair, (1, "a"));
        Same(BusType.Array(pair), [(1, "a"), (2, "b")]);
        Same(BusType.Struct(BusType.Byte, pair, BusType.Array(BusType.Double)), ((byte)1, (2, "b"), [0.5]));
        Same(BusType.Struct(BusType.Byte, BusType.Byte, BusType.Byte, BusType.Boolean), ((byte)1, (byte)2, (byte)3, true));
        Same(BusType.Dictionary(BusType.UInt32, BusType.String), new Dictionary<uint, string> { [1] = "a", [2] = "b" });
        Same(BusType.Dictionary(BusType.String, BusType.Dictionary(BusType.ObjectPath, BusType.Array(BusType.String))),
            new Dictionary<string, IReadOnlyDictionary<ObjectPath, string[]>> { ["x"] = new Dictionary<ObjectPath, string[]> { ["/a"] = ["1"] } });
        Assert.Equal("deep", Proxy.EchoVariant(Variant.Of(BusType.Variant, Variant.Of(BusType.Variant, "deep")))
            .Get(BusType.Variant).Get(BusType.Variant).Get(BusType.String));
    }

    [Fact]
    public void A_variant_of_another_type_than_wanted_is_refused()
    {
        BusException error = Assert.Throws<BusException>(() => Proxy.EchoVariant("text").Get(BusType.UInt32));

        Assert.Equal((BusErrors.InvalidArgs, "A value of type 'u' was expected, not 's'."), (error.Name, error.Message));
    }

    [Fact]
    public void A_text_that_D_Bus_cannot_carry_is_refused_before_it_is_sent()
    {
        Assert.Equal(BusErrors.InvalidArgs, Assert.Throws<BusException>(() => Proxy.Fail("a\0b")).Name);
        Assert.Throws<ArgumentException>(() => new ObjectPath("no/path"));
        Assert.Equal("text", Proxy.EchoVariant("text").Get(BusType.String));
    }

    [Fact]
    public void Twelve_descriptors_there_and_back()
    {
        FileDescriptor[] sent = [.. Enumerable.Range(1, 12).Select(number => Memfd.Create("there-and-back", number * 4096))];

        FileDescriptor[] back = Proxy.EchoDescriptors(sent[0], sent[1..]);

        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(number => number * 4096L), back.Select(descriptor => FileStatus.Of(descriptor).Size));
        foreach (FileDescriptor descriptor in sent.Concat(back)) descriptor.Dispose();
        Server.Do(() => { });
        Assert.Equal(0, OpenDescriptors("there-and-back"));
    }

    /// <summary>How many descriptors of memory with a name this process has; other tests have others.</summary>
    internal static int OpenDescriptors(string name) =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(entry => entry.LinkTarget?.Contains(name, StringComparison.Ordinal) == true);

    private void Same<T>(BusType<T> type, T value)
        where T : notnull
    {
        T back = Proxy.EchoVariant(Variant.Of(type, value)).Get(type);
        Assert.True(type.Same(value, back), $"{type.Signature}: {back}");
    }
}
