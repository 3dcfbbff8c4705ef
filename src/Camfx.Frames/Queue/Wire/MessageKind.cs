namespace Camfx.Frames.Queue.Wire;

/// <summary>The first word of every message on a queue's socket.</summary>
internal enum MessageKind : uint
{
    /// <summary>Consumer to producer, first: what it speaks and wants.</summary>
    Hello = 1,

    /// <summary>Producer to consumer: a queue, with the descriptors of its memory and of a control page.</summary>
    Welcome = 2,

    /// <summary>Producer to consumer: why it gets none; the connection ends.</summary>
    Refused = 3,

    /// <summary>Producer to consumer: look again.</summary>
    Frame = 4,
}
