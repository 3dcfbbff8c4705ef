namespace Camfx.DBus;

/// <summary>a…</summary>
internal sealed class ArrayType<T>(BusType<T> element) : BusType<T[]>("a" + element.Signature)
{
    public override void Write(MessageWriter writer, T[] value)
    {
        if (value is byte[] bytes)
        {
            writer.Write(bytes);
            return;
        }

        writer.Open('a', element.Signature);
        foreach (T item in value) element.Write(writer, item);
        writer.Close();
    }

    public override T[] Read(MessageReader reader)
    {
        if (typeof(T) == typeof(byte)) return (T[])(object)reader.ReadBytes();
        List<T> items = [];
        reader.Enter('a', element.Signature);
        while (!reader.AtEnd) items.Add(element.Read(reader));
        reader.Exit();
        return [.. items];
    }

    public override bool Same(T[] left, T[] right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null || left.Length != right.Length) return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (!element.Same(left[i], right[i])) return false;
        }

        return true;
    }

    internal override T[] FromTree(object tree) => tree is T[] same ? same : System.Array.ConvertAll((object[])tree, element.FromTree);
}
