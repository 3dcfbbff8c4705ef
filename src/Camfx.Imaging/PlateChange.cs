namespace Camfx.Imaging;

/// <summary>Whether what the camera sees behind the people is still the empty scene that was taken.</summary>
public enum PlateChange
{
    /// <summary>It is.</summary>
    None,

    /// <summary>The camera moved, or so much of the scene that it comes to the same.</summary>
    CameraMoved,

    /// <summary>The light or the camera's exposure changed by more than is followed.</summary>
    LightChanged,
}
