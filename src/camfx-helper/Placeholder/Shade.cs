namespace Camfx.Helper.Placeholder;

/// <summary>Colours as 0xRRGGBB, and how one lies over another.</summary>
internal static class Shade
{
    /// <summary>One colour over another.</summary>
    /// <param name="below">What is there.</param>
    /// <param name="above">What comes over it.</param>
    /// <param name="coverage">How much of the pixel it covers; beyond 0 and 1 it counts as these.</param>
    public static uint Over(uint below, uint above, float coverage)
    {
        int part = (int)(Math.Clamp(coverage, 0, 1) * 256);
        uint red = Mix(below >> 16 & 0xff, above >> 16 & 0xff, part);
        uint green = Mix(below >> 8 & 0xff, above >> 8 & 0xff, part);
        uint blue = Mix(below & 0xff, above & 0xff, part);
        return red << 16 | green << 8 | blue;
    }

    private static uint Mix(uint below, uint above, int part) => (uint)((int)below + ((int)above - (int)below) * part / 256);
}
