namespace Camfx.Frames.Fuzz;

/// <summary>The reader did what it must not.</summary>
internal sealed class Violation(string what) : Exception(what);
