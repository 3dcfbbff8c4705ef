namespace Camfx.Posix;

/// <summary>What a <see cref="FolderWatch"/> tells of.</summary>
[Flags]
public enum FolderChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Something was made in the folder or moved into it.</summary>
    Appeared = 1,

    /// <summary>Something was removed from it or moved out of it.</summary>
    Removed = 2,

    /// <summary>Something in it got other permissions or another owner, as udev gives them to a new node.</summary>
    Permissions = 4,
}
