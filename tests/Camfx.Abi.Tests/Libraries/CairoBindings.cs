using System.Reflection;
using Camfx.Cairo;
using Camfx.Cairo.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.Cairo: cairo, Pango and the little of GLib they need.</summary>
internal sealed class CairoBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(TextRenderer).Assembly;

    internal override void Describe(BindingTable table)
    {
        table.Package("pangocairo");
        table.Headers("cairo.h", "pango/pangocairo.h", "glib-object.h");
        table.Struct<GError>("GError");
        table.Struct<PangoRectangle>("PangoRectangle");
        foreach (string library in new[] { "Cairo", "Pango", "PangoCairo", "GObject", "GLib" })
            table.NotInC(library, "the file the functions come from");
    }
}
