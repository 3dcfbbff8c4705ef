using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Camfx.PipeWire.Spa;

/// <summary>
/// Writes PODs (spa/pod/pod.h) into memory of the caller's, usually the stack. A POD is a size word, a type word and a body; the next one
/// starts at a multiple of 8. The values of a choice or an array share the header of the first one.
/// </summary>
/// <remarks>
/// Thread-bound; lives no longer than its memory. The words are little endian, as on every machine .NET 10 runs PipeWire on (SPA
/// uses the machine's own order). PODs need an address that is a multiple of 8: use <c>stackalloc long[…]</c> or pinned memory.
/// </remarks>
internal ref struct PodBuilder
{
    private const int HeaderSize = 8;

    private readonly Span<byte> _memory;
    private int _position;

    // Inside a choice or array only the first value has a header; -1: outside, 0: first value still to come, else its type.
    private int _listType;

    /// <summary>Writes from the start of <paramref name="memory"/>.</summary>
    public PodBuilder(Span<byte> memory)
    {
        _memory = memory;
        _position = 0;
        _listType = -1;
    }

    /// <summary>Bytes written so far, a multiple of 8 between PODs.</summary>
    public readonly int Position => _position;

    /// <summary>What has been written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _memory[.._position];

    /// <summary>Writes a 32-bit truth value.</summary>
    public void Bool(bool value) => Word(SpaType.Bool, value ? 1u : 0u);

    /// <summary>Writes a member of an enumeration.</summary>
    public void Id(uint value) => Word(SpaType.Id, value);

    /// <summary>Writes a signed 32-bit number.</summary>
    public void Int(int value) => Word(SpaType.Int, (uint)value);

    /// <summary>Writes a signed 64-bit number.</summary>
    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Body(SpaType.Long, 8), value);
        Align();
    }

    /// <summary>Writes a binary32 number.</summary>
    public void Float(float value) => Word(SpaType.Float, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Writes a binary64 number.</summary>
    public void Double(double value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Body(SpaType.Double, 8), BitConverter.DoubleToInt64Bits(value));
        Align();
    }

    /// <summary>Writes UTF-8 text and its closing zero.</summary>
    public void String(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Span<byte> body = Body(SpaType.String, length + 1);
        Encoding.UTF8.GetBytes(value, body);
        body[length] = 0;
        Align();
    }

    /// <summary>Writes a width and a height.</summary>
    public void Rectangle(uint width, uint height) => Pair(SpaType.Rectangle, width, height);

    /// <summary>Writes a numerator and a denominator.</summary>
    public void Fraction(uint numerator, uint denominator) => Pair(SpaType.Fraction, numerator, denominator);

    /// <summary>Opens an object; end it with <see cref="End"/>.</summary>
    /// <param name="objectType">Its <c>SPA_TYPE_OBJECT_*</c>.</param>
    /// <param name="id">Its id, for parameters an <c>enum spa_param_type</c>.</param>
    public PodFrame BeginObject(uint objectType, uint id)
    {
        PodFrame frame = Begin(SpaType.Object);
        Put(objectType);
        Put(id);
        return frame;
    }

    /// <summary>Writes a property's key; its value is the next POD.</summary>
    public void Property(uint key, uint flags = 0)
    {
        Put(key);
        Put(flags);
    }

    /// <summary>Opens a struct; end it with <see cref="End"/>.</summary>
    public PodFrame BeginStruct() => Begin(SpaType.Struct);

    /// <summary>Opens a choice: the values that follow, all of one type, up to <see cref="End"/>.</summary>
    public PodFrame BeginChoice(SpaChoice kind, uint flags = 0)
    {
        PodFrame frame = Begin(SpaType.Choice);
        Put((uint)kind);
        Put(flags);
        _listType = 0;
        return frame;
    }

    /// <summary>Opens an array: the values that follow, all of one type, up to <see cref="End"/>.</summary>
    public PodFrame BeginArray()
    {
        PodFrame frame = Begin(SpaType.Array);
        _listType = 0;
        return frame;
    }

    /// <summary>Closes what <c>Begin…</c> opened, innermost first.</summary>
    public void End(PodFrame frame)
    {
        _listType = -1;
        BinaryPrimitives.WriteUInt32LittleEndian(_memory[frame.Start..], (uint)(_position - frame.Start - HeaderSize));
        Align();
    }

    private PodFrame Begin(SpaType type)
    {
        if (_listType >= 0) throw new InvalidOperationException("A choice or an array holds plain values only.");
        PodFrame frame = new(_position);
        Put(0);
        Put((uint)type);
        return frame;
    }

    private void Word(SpaType type, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Body(type, 4), value);
        Align();
    }

    private void Pair(SpaType type, uint first, uint second)
    {
        Span<byte> body = Body(type, 8);
        BinaryPrimitives.WriteUInt32LittleEndian(body, first);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], second);
        Align();
    }

    /// <summary>Makes room for one value, with its header unless it is a later one of a list.</summary>
    private Span<byte> Body(SpaType type, int size)
    {
        if (_listType <= 0)
        {
            Put((uint)size);
            Put((uint)type);
            if (_listType == 0) _listType = (int)type;
        }
        else if (_listType != (int)type)
        {
            throw new InvalidOperationException($"A choice or an array holds one type: got {type} after {(SpaType)_listType}.");
        }

        return Reserve(size);
    }

    private void Put(uint word) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), word);

    private void Align()
    {
        // The values of a list lie side by side; only the list as a whole is aligned.
        if (_listType < 0) Reserve(-_position & 7).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int size)
    {
        if (_memory.Length - _position < size)
            throw new InvalidOperationException($"The POD does not fit into {_memory.Length} bytes.");
        Span<byte> room = _memory.Slice(_position, size);
        _position += size;
        return room;
    }
}
