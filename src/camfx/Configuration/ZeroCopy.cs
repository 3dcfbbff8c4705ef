namespace Camfx.Configuration;

/// <summary>Whether a device is to read the queue's own memory (<c>--zero-copy</c>).</summary>
internal enum ZeroCopy
{
    /// <summary>Where it can.</summary>
    Auto,

    /// <summary>Or not at all.</summary>
    Force,

    /// <summary>Never: frames are copied into the device's memory.</summary>
    Off,
}
