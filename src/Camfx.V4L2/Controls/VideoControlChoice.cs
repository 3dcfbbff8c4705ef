namespace Camfx.V4L2;

/// <summary>One choice of a menu.</summary>
/// <param name="Index">The control's value for it.</param>
/// <param name="Name">The driver's words for it; the number, where choices are numbers.</param>
public sealed record VideoControlChoice(int Index, string Name);
