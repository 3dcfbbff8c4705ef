namespace Camfx.Cairo.Interop;

/// <summary>The values of pango's enums and macros that camfx uses.</summary>
internal static class PangoConstants
{
    /// <summary>Pango units of one pixel.</summary>
    internal const int PANGO_SCALE = 1024;

    internal const int PANGO_ALIGN_LEFT = 0;
    internal const int PANGO_ALIGN_CENTER = 1;
    internal const int PANGO_ALIGN_RIGHT = 2;

    /// <summary>Break between words, and inside one that is alone wider than the line.</summary>
    internal const int PANGO_WRAP_WORD_CHAR = 2;

    internal const int PANGO_ELLIPSIZE_END = 3;
}
