namespace Camfx.Helper.Devices;

/// <summary>What a device has to show.</summary>
internal enum FeedPhase
{
    /// <summary>No queue is attached.</summary>
    Off,

    /// <summary>A queue is attached, but nobody watches: its frames are left alone.</summary>
    Idle,

    /// <summary>Somebody watches, and the first frame has not come yet.</summary>
    Starting,

    /// <summary>Frames come.</summary>
    Streaming,

    /// <summary>Frames came, and then no more.</summary>
    Hanging,
}
