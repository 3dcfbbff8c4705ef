namespace Camfx.V4L2;

/// <summary>What holds of a control (V4L2_CTRL_FLAG_…).</summary>
[Flags]
public enum VideoControlFlags : uint
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Taken by another program now.</summary>
    Grabbed = 0x0002,

    /// <summary>Cannot be set.</summary>
    ReadOnly = 0x0004,

    /// <summary>Setting it changes others.</summary>
    Update = 0x0008,

    /// <summary>Has no effect now, e.g. exposure time while exposure is automatic.</summary>
    Inactive = 0x0010,

    /// <summary>Best shown as a slider.</summary>
    Slider = 0x0020,

    /// <summary>Cannot be read.</summary>
    WriteOnly = 0x0040,

    /// <summary>The device changes it by itself, e.g. gain while that is automatic.</summary>
    Volatile = 0x0080,

    /// <summary>Setting it does something even if the value stays.</summary>
    ExecuteOnWrite = 0x0200,
}
