namespace Camfx.V4L2;

/// <summary>Which memory type is taken: the best that works, or exactly one.</summary>
/// <param name="Forced">The only one allowed; null: the best that works, and the next one when it fails.</param>
public readonly record struct MemoryChoice(MemoryType? Forced)
{
    /// <summary>The best that works.</summary>
    public static MemoryChoice Auto { get; } = new(null);

    /// <summary>Exactly this one.</summary>
    public static MemoryChoice Force(MemoryType type) => new(type);

    /// <summary>Whether a type may be taken.</summary>
    public bool Allows(MemoryType type) => Forced is null || Forced == type;

    /// <summary>Reads <c>auto</c>, <c>force:dmabuf</c>, <c>force:userptr</c>, <c>force:mmap</c>, <c>force:readwrite</c>.</summary>
    public static bool TryParse(string text, out MemoryChoice choice)
    {
        choice = Auto;
        if (string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase)) return true;
        const string prefix = "force:";
        if (!text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return false;
        MemoryType? type = text[prefix.Length..].ToLowerInvariant() switch
        {
            "dmabuf" => MemoryType.Dmabuf,
            "userptr" => MemoryType.Userptr,
            "mmap" => MemoryType.Mmap,
            "readwrite" or "write" or "read" => MemoryType.ReadWrite,
            _ => null,
        };
        if (type is null) return false;
        choice = new MemoryChoice(type);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Forced is { } type ? $"force:{type.ToString().ToLowerInvariant()}" : "auto";
}
