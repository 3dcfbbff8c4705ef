namespace Camfx.DBus;

#pragma warning disable MA0048 // The same type for two, three and four fields.
/// <summary>A structure of 2, as a tuple.</summary>
internal sealed class StructType<T1, T2>(BusType<T1> a, BusType<T2> b) : BusType<(T1, T2)>($"({a.Signature}{b.Signature})")
{
    private readonly string _fields = $"{a.Signature}{b.Signature}";

    public override void Write(MessageWriter writer, (T1, T2) value)
    {
        writer.Open('r', _fields);
        a.Write(writer, value.Item1);
        b.Write(writer, value.Item2);
        writer.Close();
    }

    public override (T1, T2) Read(MessageReader reader)
    {
        reader.Enter('r', _fields);
        (T1, T2) value = (a.Read(reader), b.Read(reader));
        reader.Exit();
        return value;
    }

    public override bool Same((T1, T2) left, (T1, T2) right) => a.Same(left.Item1, right.Item1) && b.Same(left.Item2, right.Item2);

    internal override (T1, T2) FromTree(object tree)
    {
        if (tree is ValueTuple<T1, T2> same) return same;
        object[] items = (object[])tree;
        return (a.FromTree(items[0]), b.FromTree(items[1]));
    }
}

/// <summary>A structure of 3, as a tuple.</summary>
internal sealed class StructType<T1, T2, T3>(BusType<T1> a, BusType<T2> b, BusType<T3> c) : BusType<(T1, T2, T3)>($"({a.Signature}{b.Signature}{c.Signature})")
{
    private readonly string _fields = $"{a.Signature}{b.Signature}{c.Signature}";

    public override void Write(MessageWriter writer, (T1, T2, T3) value)
    {
        writer.Open('r', _fields);
        a.Write(writer, value.Item1);
        b.Write(writer, value.Item2);
        c.Write(writer, value.Item3);
        writer.Close();
    }

    public override (T1, T2, T3) Read(MessageReader reader)
    {
        reader.Enter('r', _fields);
        (T1, T2, T3) value = (a.Read(reader), b.Read(reader), c.Read(reader));
        reader.Exit();
        return value;
    }

    public override bool Same((T1, T2, T3) left, (T1, T2, T3) right) => a.Same(left.Item1, right.Item1) && b.Same(left.Item2, right.Item2) && c.Same(left.Item3, right.Item3);

    internal override (T1, T2, T3) FromTree(object tree)
    {
        if (tree is ValueTuple<T1, T2, T3> same) return same;
        object[] items = (object[])tree;
        return (a.FromTree(items[0]), b.FromTree(items[1]), c.FromTree(items[2]));
    }
}

/// <summary>A structure of 4, as a tuple.</summary>
internal sealed class StructType<T1, T2, T3, T4>(BusType<T1> a, BusType<T2> b, BusType<T3> c, BusType<T4> d) : BusType<(T1, T2, T3, T4)>($"({a.Signature}{b.Signature}{c.Signature}{d.Signature})")
{
    private readonly string _fields = $"{a.Signature}{b.Signature}{c.Signature}{d.Signature}";

    public override void Write(MessageWriter writer, (T1, T2, T3, T4) value)
    {
        writer.Open('r', _fields);
        a.Write(writer, value.Item1);
        b.Write(writer, value.Item2);
        c.Write(writer, value.Item3);
        d.Write(writer, value.Item4);
        writer.Close();
    }

    public override (T1, T2, T3, T4) Read(MessageReader reader)
    {
        reader.Enter('r', _fields);
        (T1, T2, T3, T4) value = (a.Read(reader), b.Read(reader), c.Read(reader), d.Read(reader));
        reader.Exit();
        return value;
    }

    public override bool Same((T1, T2, T3, T4) left, (T1, T2, T3, T4) right) => a.Same(left.Item1, right.Item1) && b.Same(left.Item2, right.Item2) && c.Same(left.Item3, right.Item3) && d.Same(left.Item4, right.Item4);

    internal override (T1, T2, T3, T4) FromTree(object tree)
    {
        if (tree is ValueTuple<T1, T2, T3, T4> same) return same;
        object[] items = (object[])tree;
        return (a.FromTree(items[0]), b.FromTree(items[1]), c.FromTree(items[2]), d.FromTree(items[3]));
    }
}
