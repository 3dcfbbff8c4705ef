namespace Camfx.Frames.Queue;

/// <summary>The steps of a consumer between which the producer may write; each is named after what has just been done.</summary>
internal enum ReaderStep
{
    /// <summary>The newest word was read.</summary>
    Found,

    /// <summary>The lease word is visible; the slot's sequence is not read yet.</summary>
    Stored,

    /// <summary>The slot has the word's sequence; its descriptor is not read yet.</summary>
    Sequenced,

    /// <summary>The descriptor is copied; the sequence is not read again yet.</summary>
    Described,

    /// <summary>The pixels are copied; the sequence is not read again yet.</summary>
    Copied,
}
