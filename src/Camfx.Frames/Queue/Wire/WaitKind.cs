namespace Camfx.Frames.Queue.Wire;

/// <summary>A control page's <c>waiting</c>. Any other value counts as <see cref="None"/>.</summary>
internal enum WaitKind : uint
{
    /// <summary>The consumer is busy, or looks for itself.</summary>
    None = 0,

    /// <summary>The consumer sleeps on the header's wake word.</summary>
    Futex = 1,

    /// <summary>The consumer sleeps in poll(2) and wants a message on its socket.</summary>
    Message = 2,
}
