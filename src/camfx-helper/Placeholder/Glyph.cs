namespace Camfx.Helper.Placeholder;

/// <summary>One letter of the atlas; lengths are atlas pixels.</summary>
/// <param name="Columns">Its width in the atlas; 0 for a space.</param>
/// <param name="Left">Where the first column is, from the point it is set at.</param>
/// <param name="Advance">How far the next letter stands.</param>
/// <param name="Offset">Its first row in the atlas's bytes.</param>
internal readonly record struct Glyph(int Columns, int Left, float Advance, int Offset);
