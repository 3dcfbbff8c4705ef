namespace Camfx.Helper.Placeholder;

/// <summary>What a placeholder says.</summary>
/// <param name="Name">The camera's name.</param>
/// <param name="State">Two or three words, e.g. <c>Camera off</c>.</param>
/// <param name="Reason">One sentence: why, and what to do.</param>
internal sealed record CardText(string Name, string State, string Reason);
