namespace Camfx.DBus;

/// <summary>
/// Values whose type is known only when they come: basic values as they are, arrays and structures as object[] (bytes as byte[]), dictionaries
/// as pairs.
/// </summary>
internal static class ValueTree
{
    public static object Read(MessageReader reader, string signature)
    {
        if (BusType.Basic(signature) is { } basic) return basic.ReadBoxed(reader);
        if (signature == "ay") return reader.ReadBytes();
        if (signature[0] == '(') return ReadStruct(reader, signature[1..^1]);
        string element = signature[1..];
        return element[0] == '{' ? ReadDictionary(reader, element) : ReadArray(reader, element);
    }

    public static void Write(MessageWriter writer, string signature, object value)
    {
        if (BusType.Basic(signature) is { } basic)
        {
            basic.WriteBoxed(writer, value);
        }
        else if (value is byte[] bytes)
        {
            writer.Write(bytes);
        }
        else if (signature[0] == '(')
        {
            writer.Open('r', signature[1..^1]);
            WriteFields(writer, signature[1..^1], (object[])value);
            writer.Close();
        }
        else
        {
            string element = signature[1..];
            writer.Open('a', element);
            if (value is KeyValuePair<object, object>[] pairs) WritePairs(writer, element[1..^1], pairs);
            else foreach (object item in (object[])value) Write(writer, element, item);
            writer.Close();
        }
    }

    private static object[] ReadStruct(MessageReader reader, string fields)
    {
        reader.Enter('r', fields);
        object[] items = [.. SignatureText.Split(fields).Select(field => Read(reader, field))];
        reader.Exit();
        return items;
    }

    private static object[] ReadArray(MessageReader reader, string element)
    {
        List<object> items = [];
        reader.Enter('a', element);
        while (!reader.AtEnd) items.Add(Read(reader, element));
        reader.Exit();
        return [.. items];
    }

    private static KeyValuePair<object, object>[] ReadDictionary(MessageReader reader, string element)
    {
        List<KeyValuePair<object, object>> items = [];
        string key = element.Substring(1, 1);
        string value = element[2..^1];
        reader.Enter('a', element);
        while (!reader.AtEnd)
        {
            reader.Enter('e', key + value);
            object name = Read(reader, key);
            items.Add(new(name, Read(reader, value)));
            reader.Exit();
        }

        reader.Exit();
        return [.. items];
    }

    private static void WriteFields(MessageWriter writer, string fields, object[] items)
    {
        List<string> types = SignatureText.Split(fields);
        for (int i = 0; i < types.Count; i++) Write(writer, types[i], items[i]);
    }

    private static void WritePairs(MessageWriter writer, string entry, KeyValuePair<object, object>[] pairs)
    {
        foreach ((object name, object item) in pairs)
        {
            writer.Open('e', entry);
            WriteFields(writer, entry, [name, item]);
            writer.Close();
        }
    }
}
