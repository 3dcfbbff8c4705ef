namespace Camfx.DBus;

/// <summary>What came of the wish to set a property.</summary>
public enum PropertyAccess
{
    /// <summary>There is no such property.</summary>
    Unknown,

    /// <summary>It can only be read.</summary>
    ReadOnly,

    /// <summary>The owner decides and answers.</summary>
    Asked,
}
