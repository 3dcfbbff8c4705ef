namespace Camfx.Doctor.Machine;

/// <summary>What polkit says to this user's making a device.</summary>
internal enum PolkitAnswer
{
    /// <summary>There is no system bus, or nobody to ask.</summary>
    Unknown,

    /// <summary>There is no polkit.</summary>
    Absent,

    /// <summary>polkit does not know camfx's actions.</summary>
    UnknownAction,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>With a password.</summary>
    Password,

    /// <summary>No.</summary>
    No,
}
