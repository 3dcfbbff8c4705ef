using System.Collections.Immutable;
using Camfx.Analysis;
using Camfx.Analysis.Segmentation;
using Camfx.Effects;

namespace Camfx.Pipeline;

/// <summary>Which effects of a chain are run, and why one cannot do what it is to.</summary>
internal static class ChainOrder
{
    /// <summary>Those that are run: enabled, and not failed. One that hides the room stays although it has failed: the picture is black then.</summary>
    public static ImmutableArray<EffectLink> Running(ImmutableArray<EffectLink> chain) =>
        [.. chain.Where(link => link.Setting.Enabled && (link.Fault.Sentence is null || link.HidesBackground))];

    /// <summary>Whether any of them asks who is in front.</summary>
    public static bool AsksWhoIsInFront(ImmutableArray<EffectLink> running)
    {
        foreach (EffectLink link in running)
            if (link.Effect is IBackgroundEffect && link.Fault.Sentence is null) return true;
        return false;
    }

    /// <summary>Where the first of them that chooses has segmenters from; null: none chooses.</summary>
    public static ISegmenters? ChosenSegmenters(ImmutableArray<EffectLink> running)
    {
        foreach (EffectLink link in running)
            if (link.Effect is ISegmentChoice choice) return choice.Segmenters;
        return null;
    }

    /// <summary>Why an effect does not do what it is to, and what helps, one sentence; null: it does, or is not to.</summary>
    public static string? ProblemOf(ImmutableArray<EffectLink> chain, EffectLink link, SegmentationStage segmentation)
    {
        if (link.Problem is { } own) return own;
        if (link is not { Setting.Enabled: true, Effect: IBackgroundEffect }) return null;
        return chain.TakeWhile(other => other != link).FirstOrDefault(other => other is { Setting.Enabled: true, MovesPicture: true }) is { } before
            ? $"The effect '{link.Setting.Kind}' counts everything as background behind '{before.Setting.Kind}', which moves the picture; put it before '{before.Setting.Kind}'."
            : segmentation.Problem;
    }
}
