namespace Camfx.Abi.Tests;

/// <summary>How much of a C struct a binding declares.</summary>
internal enum StructKind
{
    /// <summary>All of it: the size must be equal.</summary>
    Whole,

    /// <summary>The first fields.</summary>
    Prefix,

    /// <summary>Nothing to compare.</summary>
    Opaque,
}
