namespace Camfx.V4L2;

/// <summary>What a control's value is (enum v4l2_ctrl_type).</summary>
public enum VideoControlType
{
    /// <summary>A number between bounds.</summary>
    Integer = 1,

    /// <summary>0 or 1.</summary>
    Boolean = 2,

    /// <summary>The number of a named choice.</summary>
    Menu = 3,

    /// <summary>No value: setting it does something.</summary>
    Button = 4,

    /// <summary>A 64-bit number between bounds.</summary>
    Integer64 = 5,

    /// <summary>Bits.</summary>
    Bitmask = 8,

    /// <summary>The number of a choice that is a number itself.</summary>
    IntegerMenu = 9,
}
