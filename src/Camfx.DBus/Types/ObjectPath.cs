using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>The path of an object on a connection (D-Bus type o), e.g. /org/camfx/Helper1.</summary>
public readonly record struct ObjectPath
{
    private readonly string? _text;

    /// <summary>Checks and takes a path.</summary>
    /// <exception cref="ArgumentException">It is none: it starts with a slash, its parts are letters, digits and underscores.</exception>
    public ObjectPath(string text)
    {
        if (Libsystemd.sd_bus_object_path_is_valid(text) <= 0)
            throw new ArgumentException($"'{text}' is no object path.", nameof(text));
        _text = text;
    }

    private ObjectPath(string text, bool isValid) => _text = isValid ? text : null;

    /// <summary>The path; "/" for a default value.</summary>
    public string Text => _text ?? "/";

    /// <summary>A path as text.</summary>
    public static implicit operator ObjectPath(string text) => new(text);

    /// <summary>Takes a path out of a message, which the library checked already.</summary>
    internal static ObjectPath Checked(string text) => new(text, isValid: true);

    /// <summary>Whether this object lies somewhere below another, at any depth.</summary>
    public bool IsBelow(ObjectPath parent) =>
        parent.Text == "/" ? Text != "/" : Text.StartsWith(parent.Text + "/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
