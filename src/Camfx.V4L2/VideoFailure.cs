namespace Camfx.V4L2;

/// <summary>What kind of refusal a <see cref="VideoException"/> tells.</summary>
public enum VideoFailure
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>There is no such node.</summary>
    NotFound,

    /// <summary>The device was unplugged or its driver taken away.</summary>
    Gone,

    /// <summary>Another program holds it.</summary>
    Busy,

    /// <summary>This user may not.</summary>
    NotPermitted,

    /// <summary>The device cannot do what was asked.</summary>
    Unsupported,

    /// <summary>Another program has fixed another format, and keeps it.</summary>
    FormatHeld,

    /// <summary>It is a loopback, and nobody writes to it.</summary>
    NoWriter,
}
