namespace Camfx.Cairo.Interop;

/// <summary>
/// The sonames, as Debian installs them. Each is loaded by the first call into it: a camera without text never loads them.
/// </summary>
internal static class Libraries
{
    /// <summary>Package libcairo2.</summary>
    internal const string Cairo = "libcairo.so.2";

    /// <summary>Package libpango-1.0-0.</summary>
    internal const string Pango = "libpango-1.0.so.0";

    /// <summary>Package libpangocairo-1.0-0.</summary>
    internal const string PangoCairo = "libpangocairo-1.0.so.0";

    /// <summary>Package libglib2.0-0.</summary>
    internal const string GObject = "libgobject-2.0.so.0";

    /// <summary>Package libglib2.0-0.</summary>
    internal const string GLib = "libglib-2.0.so.0";
}
