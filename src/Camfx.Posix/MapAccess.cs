namespace Camfx.Posix;

/// <summary>What a mapping may do with its memory.</summary>
public enum MapAccess
{
    /// <summary>Reading only; a write faults.</summary>
    Read,

    /// <summary>Reading and writing; writes are seen by everybody who maps the same file.</summary>
    ReadWrite,
}
