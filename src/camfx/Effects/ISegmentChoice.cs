using Camfx.Analysis;

namespace Camfx.Effects;

/// <summary>An effect that leaves the picture as it is, and says how the camera finds out who is in front.</summary>
internal interface ISegmentChoice : IEffect
{
    /// <summary>Where segmenters come from; null: from where they come without such an effect. Always the same of one effect.</summary>
    ISegmenters? Segmenters { get; }
}
