namespace Camfx.V4L2.Fake;

/// <summary>What real cameras do wrong.</summary>
[Flags]
public enum CameraQuirks
{
    None = 0,

    /// <summary>VIDIOC_S_PARM is refused.</summary>
    RefusesRate = 1,

    /// <summary>VIDIOC_S_PARM and G_PARM do not exist.</summary>
    HasNoRate = 2,

    /// <summary>Its list of sizes holds 0x0.</summary>
    ZeroSizes = 4,

    /// <summary>It has no list of sizes.</summary>
    NoSizes = 8,

    /// <summary>Its list of intervals holds 0/0.</summary>
    ZeroIntervals = 16,
}
