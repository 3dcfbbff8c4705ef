namespace Camfx.Helper.Placeholder;

/// <summary>A letter in its place.</summary>
/// <param name="Glyph">The letter.</param>
/// <param name="X">Pixels from the line's start to the point it is set at.</param>
internal readonly record struct SetGlyph(Glyph Glyph, float X);
