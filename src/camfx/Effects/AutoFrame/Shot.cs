namespace Camfx.Effects.AutoFrame;

/// <summary>The part of the picture that is shown: its centre and its size, in pixels and fractions of them. It has the picture's shape.</summary>
/// <param name="CenterX">Of the part.</param>
/// <param name="CenterY">Of the part.</param>
/// <param name="Height">Of the part.</param>
internal readonly record struct Shot(double CenterX, double CenterY, double Height);
