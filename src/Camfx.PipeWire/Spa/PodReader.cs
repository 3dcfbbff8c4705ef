using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Camfx.PipeWire.Spa;

/// <summary>
/// Reads one POD (spa/pod/pod.h). Every access checks the sizes that the memory claims: a wrong POD reads as "not there", never
/// beyond its memory.
/// </summary>
/// <remarks>Immutable; lives no longer than its memory. Values inside a choice read as their preferred (first) value.</remarks>
internal readonly ref struct PodReader
{
    private const int HeaderSize = 8;
    private const int ObjectHeader = 8;
    private const int PropertyHeader = 8;
    private const int ChoiceHeader = 8;

    private readonly ReadOnlySpan<byte> _body;

    private PodReader(SpaType type, ReadOnlySpan<byte> body)
    {
        Type = type;
        _body = body;
    }

    /// <summary>The type word; <see cref="SpaType.Invalid"/> if there is no POD.</summary>
    public SpaType Type { get; }

    /// <summary>The body without its header.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>The object's <c>SPA_TYPE_OBJECT_*</c>, or 0 if this is no object.</summary>
    public uint ObjectType => IsObject ? Word(_body) : 0;

    /// <summary>The object's id, or 0 if this is no object.</summary>
    public uint ObjectId => IsObject ? Word(_body[4..]) : 0;

    /// <summary>What kind of choice this is; <see cref="SpaChoice.None"/> for plain values.</summary>
    public SpaChoice Choice => IsChoice ? (SpaChoice)Word(_body) : SpaChoice.None;

    /// <summary>How many values: 1 for a plain value, the values of a choice or an array (the preferred one counts).</summary>
    public int Count
    {
        get
        {
            if (!TryGetList(out SpaType type, out int size, out ReadOnlySpan<byte> values)) return Type == SpaType.Invalid ? 0 : 1;
            return type == SpaType.Invalid || size == 0 ? 0 : values.Length / size;
        }
    }

    private bool IsObject => Type == SpaType.Object && _body.Length >= ObjectHeader;

    private bool IsChoice => Type == SpaType.Choice && _body.Length >= ChoiceHeader + HeaderSize;

    /// <summary>Reads the POD at the start of <paramref name="memory"/>; false if its size says more than there is.</summary>
    public static bool TryRead(ReadOnlySpan<byte> memory, out PodReader pod) => TryRead(memory, out pod, out _);

    /// <summary>
    /// Reads the POD at a native address. The sender (libpipewire, which has checked the message it came in) answers for its size.
    /// </summary>
    public static unsafe bool TryRead(void* address, out PodReader pod)
    {
        if (address == null)
        {
            pod = default;
            return false;
        }

        uint size = *(uint*)address;
        if (size > int.MaxValue - HeaderSize)
        {
            pod = default;
            return false;
        }

        return TryRead(new ReadOnlySpan<byte>(address, HeaderSize + (int)size), out pod);
    }

    /// <summary>The value of an object's property; false if this is no object or has no such property.</summary>
    public bool TryGetProperty(uint key, out PodReader value)
    {
        value = default;
        if (!IsObject) return false;
        ReadOnlySpan<byte> rest = _body[ObjectHeader..];
        while (rest.Length >= PropertyHeader)
        {
            if (!TryRead(rest[PropertyHeader..], out PodReader candidate, out int taken)) return false;
            if (Word(rest) == key)
            {
                value = candidate;
                return true;
            }

            if (taken > rest.Length - PropertyHeader) return false;
            rest = rest[(PropertyHeader + taken)..];
        }

        return false;
    }

    /// <summary>Value <paramref name="index"/> of a choice or an array, or the value itself at index 0.</summary>
    public bool TryGetValue(int index, out PodReader value)
    {
        value = default;
        if (index < 0 || index >= Count) return false;
        if (!TryGetList(out SpaType type, out int size, out ReadOnlySpan<byte> values)) value = this;
        else value = new PodReader(type, values.Slice(index * size, size));
        return true;
    }

    /// <summary>Reads a truth value.</summary>
    public bool TryGetBool(out bool value)
    {
        bool there = TryGetWord(SpaType.Bool, out uint word);
        value = word != 0;
        return there;
    }

    /// <summary>Reads a member of an enumeration.</summary>
    public bool TryGetId(out uint value) => TryGetWord(SpaType.Id, out value);

    /// <summary>Reads a signed 32-bit number.</summary>
    public bool TryGetInt(out int value)
    {
        bool there = TryGetWord(SpaType.Int, out uint word);
        value = (int)word;
        return there;
    }

    /// <summary>Reads a signed 64-bit number.</summary>
    public bool TryGetLong(out long value)
    {
        bool there = TryGetPlain(SpaType.Long, 8, out ReadOnlySpan<byte> body);
        value = there ? BinaryPrimitives.ReadInt64LittleEndian(body) : 0;
        return there;
    }

    /// <summary>Reads a width and a height.</summary>
    public bool TryGetRectangle(out uint width, out uint height) => TryGetPair(SpaType.Rectangle, out width, out height);

    /// <summary>Reads a numerator and a denominator.</summary>
    public bool TryGetFraction(out uint numerator, out uint denominator) =>
        TryGetPair(SpaType.Fraction, out numerator, out denominator);

    /// <summary>Reads text; bytes that are no UTF-8 become replacement characters.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        int end = Type == SpaType.String ? _body.IndexOf((byte)0) : -1;
        value = end < 0 ? null : Encoding.UTF8.GetString(_body[..end]);
        return value is not null;
    }

    private static uint Word(ReadOnlySpan<byte> memory) => BinaryPrimitives.ReadUInt32LittleEndian(memory);

    private static bool TryRead(ReadOnlySpan<byte> memory, out PodReader pod, out int taken)
    {
        pod = default;
        taken = 0;
        if (memory.Length < HeaderSize) return false;
        uint size = Word(memory);
        if (size > (uint)(memory.Length - HeaderSize)) return false;
        pod = new PodReader((SpaType)Word(memory[4..]), memory.Slice(HeaderSize, (int)size));
        // The padding of the last POD may lie outside the memory.
        taken = (int)Math.Min((long)memory.Length, HeaderSize + size + 7L & ~7L);
        return true;
    }

    private bool TryGetWord(SpaType type, out uint value)
    {
        bool there = TryGetPlain(type, 4, out ReadOnlySpan<byte> body);
        value = there ? Word(body) : 0;
        return there;
    }

    private bool TryGetPair(SpaType type, out uint first, out uint second)
    {
        bool there = TryGetPlain(type, 8, out ReadOnlySpan<byte> body);
        first = there ? Word(body) : 0;
        second = there ? Word(body[4..]) : 0;
        return there;
    }

    private bool TryGetPlain(SpaType type, int size, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (!TryGetValue(0, out PodReader value) || value.Type != type || value._body.Length < size) return false;
        body = value._body[..size];
        return true;
    }

    /// <summary>The values of a choice or an array: their type, their size and all of their bytes.</summary>
    private bool TryGetList(out SpaType type, out int size, out ReadOnlySpan<byte> values)
    {
        type = SpaType.Invalid;
        size = 0;
        values = default;
        ReadOnlySpan<byte> rest;
        if (Type == SpaType.Choice) rest = IsChoice ? _body[ChoiceHeader..] : default;
        else if (Type == SpaType.Array) rest = _body;
        else return false;
        if (rest.Length < HeaderSize) return true;
        uint claimed = Word(rest);
        type = (SpaType)Word(rest[4..]);
        values = rest[HeaderSize..];
        if (claimed > (uint)values.Length) type = SpaType.Invalid;
        else size = (int)claimed;
        return true;
    }
}
