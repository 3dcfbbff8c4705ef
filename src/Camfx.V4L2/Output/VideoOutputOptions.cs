namespace Camfx.V4L2;

/// <summary>How an output is opened.</summary>
public sealed record VideoOutputOptions
{
    /// <summary>Which memory type is taken.</summary>
    public MemoryChoice Memory { get; init; } = MemoryChoice.Auto;

    /// <summary>Buffers asked for, 2 to 32; a reader that is first, or the device's own limit, may make it fewer.</summary>
    public int Buffers { get; init; } = 4;

    /// <summary>
    /// The open file has been streaming already and was kept by another process: go on with its buffers instead of beginning anew, so that an
    /// exclusive loopback never stops being a camera. Where that cannot be, it begins anew.
    /// </summary>
    public bool Resume { get; init; }
}
