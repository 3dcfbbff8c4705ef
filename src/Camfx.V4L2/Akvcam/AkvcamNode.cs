namespace Camfx.V4L2;

/// <summary>An output node of akvcam and what hangs on it.</summary>
/// <param name="Path">Where frames go in, e.g. <c>/dev/video7</c>.</param>
/// <param name="Name">The description of the configuration.</param>
/// <param name="Captures">The cameras programs see.</param>
public sealed record AkvcamNode(string Path, string Name, IReadOnlyList<string> Captures);
