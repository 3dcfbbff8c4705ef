namespace Camfx.Cairo;

/// <summary>Cairo or Pango could not draw. The message is one sentence: what could not be drawn, why, what to do.</summary>
public sealed class DrawingException : Exception
{
    internal DrawingException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>Translates a failure to load one of the libraries.</summary>
    internal static DrawingException Missing(DllNotFoundException cause) => new(
        "Nothing can be drawn: cairo and Pango are not installed; install the packages libcairo2 and libpangocairo-1.0-0.", cause);
}
