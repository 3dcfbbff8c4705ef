using Camfx.Cairo;

namespace Camfx.Pipeline;

/// <summary>
/// The first text a process draws looks for its fonts, which can take longer than several frame times. A source whose card may be needed in a hurry
/// lets it be drawn before, on a thread on which nobody waits.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class CardFonts
{
    private static int s_warm;

    /// <summary>Draws one small card, once in the life of the process.</summary>
    public static void WarmUp()
    {
        if (Interlocked.Exchange(ref s_warm, 1) != 0) return;
        try
        {
            PlaceholderCard.Draw(320, 180, "camfx", "fonts").Dispose();
        }
        catch (DrawingException)
        {
            // Without fonts or drawing libraries cards are plain, and quick.
        }
    }
}
