using System.Runtime.InteropServices;
using Camfx.PipeWire.Interop;
using Camfx.Posix;

namespace Camfx.PipeWire.Control;

/// <summary>Key and value pairs between .NET and libpipewire.</summary>
internal static unsafe class Properties
{
    /// <summary>A new <c>pw_properties</c>; the call it is passed to owns it.</summary>
    public static pw_properties* Create(ReadOnlySpan<KeyValuePair<string, string>> entries)
    {
        // An empty dictionary: pw_properties_new would be shorter, but it is variadic.
        spa_dict none = default;
        pw_properties* properties = Libpipewire.pw_properties_new_dict(&none);
        if (properties == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make PipeWire properties");
        foreach (KeyValuePair<string, string> entry in entries) _ = Libpipewire.pw_properties_set(properties, entry.Key, entry.Value);
        return properties;
    }

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public static string? Find(spa_dict* dictionary, ReadOnlySpan<byte> key)
    {
        if (dictionary == null) return null;
        for (uint i = 0; i < dictionary->n_items; i++)
        {
            spa_dict_item* item = dictionary->items + i;
            if (MemoryMarshal.CreateReadOnlySpanFromNullTerminated(item->key).SequenceEqual(key)) return Marshal.PtrToStringUTF8((nint)item->value);
        }

        return null;
    }

    /// <summary>All of it.</summary>
    public static Dictionary<string, string> Read(spa_dict* dictionary)
    {
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        for (uint i = 0; i < dictionary->n_items; i++)
        {
            spa_dict_item* item = dictionary->items + i;
            if (Marshal.PtrToStringUTF8((nint)item->key) is { } key) entries[key] = Marshal.PtrToStringUTF8((nint)item->value) ?? "";
        }

        return entries;
    }

    /// <summary>The number <paramref name="key"/> has, or null.</summary>
    public static uint? FindNumber(spa_dict* dictionary, ReadOnlySpan<byte> key) =>
        uint.TryParse(Find(dictionary, key), out uint value) ? value : null;
}
