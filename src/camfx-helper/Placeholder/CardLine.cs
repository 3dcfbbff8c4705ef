namespace Camfx.Helper.Placeholder;

/// <summary>A line of text on a card.</summary>
/// <param name="Line">The text.</param>
/// <param name="Gap">Pixels above it.</param>
/// <param name="Color">0xRRGGBB.</param>
/// <param name="Left">Where it starts.</param>
/// <param name="Top">Its first row.</param>
internal readonly record struct CardLine(TextLine Line, float Gap, uint Color, float Left = 0, int Top = 0);
