namespace Camfx.Imaging.Tests.Infrastructure;

/// <summary>The same bytes in every process: xorshift, with one byte in four at an end of the range.</summary>
internal struct Noise(uint seed)
{
    private uint _state = seed * 2654435761 + 1;

    public byte NextByte()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        uint value = _state >> 8;
        return (value & 0x300) switch
        {
            0 => (value & 0x400) == 0 ? (byte)0 : (byte)255,
            _ => (byte)value,
        };
    }
}
