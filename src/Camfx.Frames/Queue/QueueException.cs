namespace Camfx.Frames.Queue;

/// <summary>A queue cannot be used. <see cref="Error"/> says why, the message says it in one sentence with the values found.</summary>
public sealed class QueueException : Exception
{
    /// <summary>Makes one.</summary>
    public QueueException(QueueError error, string message, Exception? cause = null) : base(message, cause) => Error = error;

    /// <summary>The reason.</summary>
    public QueueError Error { get; }
}
