namespace Camfx.Frames.Queue;

/// <summary>What a consumer should know about a frame. The values are the frame queue's wire values.</summary>
[Flags]
public enum FrameFlags : uint
{
    /// <summary>An ordinary frame.</summary>
    None = 0,

    /// <summary>The frame does not continue the one before: the source was sought, changed or restarted.</summary>
    Discontinuity = 1,

    /// <summary>The frame is a placeholder card, not the source's picture.</summary>
    Placeholder = 2,

    /// <summary>The source delivered the picture damaged.</summary>
    Corrupted = 4,
}
