namespace Camfx.Sinks.Device;

/// <summary>What the output does.</summary>
internal enum DeviceState
{
    /// <summary>It looks for the helper or for the device.</summary>
    Connecting,

    /// <summary>The device has the camera's queue, and nobody watches.</summary>
    Ready,

    /// <summary>An app watches.</summary>
    Streaming,

    /// <summary>The helper said no; it is asked again from time to time.</summary>
    Refused,

    /// <summary>There is no helper; one that is installed is used at once.</summary>
    Absent,

    /// <summary>Somebody removed the device.</summary>
    Gone,
}
