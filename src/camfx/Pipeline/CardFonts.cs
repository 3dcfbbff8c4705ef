using Camfx.Cairo;

namespace Camfx.Pipeline;

/// <summary>
/// The first text a process draws looks for its fonts, which can take longer than several frame times. A source whose card may be needed in a hurry
/// lets it be drawn before.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class CardFonts
{
    private static int s_warm;

    /// <summary>As <see cref="WarmUp"/>, on a thread of its own, for who has something better to do meanwhile.</summary>
    public static void WarmUpAside()
    {
        if (Volatile.Read(ref s_warm) == 0) new Thread(WarmUp) { Name = "card fonts", IsBackground = true }.Start();
    }

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
