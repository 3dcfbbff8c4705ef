namespace Camfx.DBus;

/// <summary>a{…}</summary>
internal sealed class DictionaryType<TKey, TValue>(BusType<TKey> key, BusType<TValue> value)
    : BusType<IReadOnlyDictionary<TKey, TValue>>($"a{{{key.Signature}{value.Signature}}}")
    where TKey : notnull
{
    private readonly string _entry = key.Signature + value.Signature;

    public override void Write(MessageWriter writer, IReadOnlyDictionary<TKey, TValue> entries)
    {
        writer.Open('a', $"{{{_entry}}}");
        foreach ((TKey name, TValue item) in entries)
        {
            writer.Open('e', _entry);
            key.Write(writer, name);
            value.Write(writer, item);
            writer.Close();
        }

        writer.Close();
    }

    public override IReadOnlyDictionary<TKey, TValue> Read(MessageReader reader)
    {
        Dictionary<TKey, TValue> items = [];
        reader.Enter('a', $"{{{_entry}}}");
        while (!reader.AtEnd)
        {
            reader.Enter('e', _entry);
            TKey name = key.Read(reader);
            items[name] = value.Read(reader);
            reader.Exit();
        }

        reader.Exit();
        return items;
    }

    public override bool Same(IReadOnlyDictionary<TKey, TValue> left, IReadOnlyDictionary<TKey, TValue> right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null || left.Count != right.Count) return false;
        foreach ((TKey name, TValue item) in left)
        {
            if (!right.TryGetValue(name, out TValue? other) || !value.Same(item, other)) return false;
        }

        return true;
    }

    internal override IReadOnlyDictionary<TKey, TValue> FromTree(object tree)
    {
        if (tree is IReadOnlyDictionary<TKey, TValue> same) return same;
        Dictionary<TKey, TValue> items = [];
        foreach ((object name, object item) in (KeyValuePair<object, object>[])tree) items[key.FromTree(name)] = value.FromTree(item);
        return items;
    }
}
