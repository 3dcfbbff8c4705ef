namespace Camfx.Pipeline;

/// <summary>What a camera is doing.</summary>
internal enum CameraState
{
    /// <summary>Nobody watches; the source is closed, unless the camera is to keep it open (<c>--idle always</c>).</summary>
    Idle,

    /// <summary>Somebody watches; the source has no picture yet.</summary>
    Starting,

    /// <summary>Pictures of the source flow.</summary>
    Streaming,

    /// <summary>The source has failed; a card says why, and the source is tried again.</summary>
    Placeholder,
}
