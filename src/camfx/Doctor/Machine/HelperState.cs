namespace Camfx.Doctor.Machine;

/// <summary>How camfx-helper stands to the system bus.</summary>
internal enum HelperState
{
    /// <summary>There is no system bus.</summary>
    NoBus,

    /// <summary>The bus knows nothing of it.</summary>
    Absent,

    /// <summary>The bus knows it, and it does not start or does not answer.</summary>
    Silent,

    /// <summary>It answers.</summary>
    Answers,
}
