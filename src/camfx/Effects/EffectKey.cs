namespace Camfx.Effects;

/// <summary>One key of an effect kind: what users may write behind the colon, and what it means.</summary>
/// <param name="Name">The key.</param>
/// <param name="Default">The value taken when it is not given; null: it must be given.</param>
/// <param name="Values">The values allowed, as users read them, e.g. <c>-100 to 100</c>.</param>
/// <param name="Description">One line.</param>
internal sealed record EffectKey(string Name, string? Default, string Values, string Description);
