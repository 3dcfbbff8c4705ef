namespace Camfx.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Some apps will not see the camera, or something will not be as it could be.</summary>
    Warning,

    /// <summary>A way to apps that camfx uses on this machine does not work.</summary>
    Problem,
}
