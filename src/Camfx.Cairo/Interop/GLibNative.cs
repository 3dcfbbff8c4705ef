using System.Runtime.InteropServices;

namespace Camfx.Cairo.Interop;

/// <summary>The little of GLib that Pango's objects and errors need.</summary>
internal static unsafe partial class GLibNative
{
    [LibraryImport(Libraries.GObject)]
    internal static partial void g_object_unref(nint @object);

    [LibraryImport(Libraries.GLib)]
    internal static partial void g_error_free(GError* error);
}
