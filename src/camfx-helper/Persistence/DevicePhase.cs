namespace Camfx.Helper.Persistence;

/// <summary>How far a device's making or removing has come: written down before each step, so that a kill at any point leaves no node behind.
/// The values are those of the state file.</summary>
internal enum DevicePhase
{
    /// <summary>Its nodes are being made; nobody has been told of it yet.</summary>
    Making,

    /// <summary>It is there.</summary>
    Ready,

    /// <summary>Its nodes are being removed.</summary>
    Removing,
}
