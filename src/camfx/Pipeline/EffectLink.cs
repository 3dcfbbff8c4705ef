using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;

namespace Camfx.Pipeline;

/// <summary>One effect in a camera's chain: how it is written down, the effect itself, and what it costs.</summary>
/// <param name="Setting">How it is written down.</param>
/// <param name="Effect">The effect. A link that is changed but for what makes the effect has the same one.</param>
/// <param name="Cost">What it costs.</param>
internal sealed record EffectLink(EffectSetting Setting, IEffect Effect, EffectCost Cost)
{
    /// <summary>Whether it has failed.</summary>
    public EffectFault Fault { get; } = new();

    /// <summary>As <see cref="EffectKind.MovesPicture"/>.</summary>
    public bool MovesPicture { get; } = EffectKinds.Find(Setting.Kind) is { MovesPicture: true };

    /// <summary>As <see cref="EffectKind.HidesBackground"/>.</summary>
    public bool HidesBackground { get; } = EffectKinds.Find(Setting.Kind) is { HidesBackground: true };

    /// <summary>Why it does not run although it is to, one sentence; null: it runs, or is not to.</summary>
    public string? Problem => Setting.Enabled ? Fault.Sentence ?? (Effect as IProgramEffect)?.Problem : null;

    /// <summary>
    /// Makes a chain, all of it or nothing. What is in the present one already is taken over: a program goes on running, a text is not drawn again. What has failed is made anew.
    /// </summary>
    /// <param name="wanted">The chain to make.</param>
    /// <param name="present">The chain to take from; made for the same mode.</param>
    /// <param name="mode">The camera's.</param>
    /// <exception cref="CamfxException">One of them cannot be made, or two have the same id. Nothing has been made then.</exception>
    public static ImmutableArray<EffectLink> MakeChain(ImmutableArray<EffectSetting> wanted, ImmutableArray<EffectLink> present, CameraMode mode)
    {
        if (wanted.GroupBy(setting => setting.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw CamfxException.Usage($"The effect '{twice.Key}' is in the chain twice; each has an id of its own.");
        var made = new List<IEffect>();
        try
        {
            return [.. wanted.Select(setting => Find(present, setting) is { } link ? link with { Setting = setting } : Make(setting, mode, made))];
        }
        catch
        {
            foreach (IEffect effect in made) effect.Dispose();
            throw;
        }
    }

    /// <summary>The effects of one chain that are not in another.</summary>
    public static IEnumerable<IEffect> Missing(ImmutableArray<EffectLink> from, ImmutableArray<EffectLink> other) =>
        from.Select(link => link.Effect).Where(effect => !other.Any(link => link.Effect == effect));

    private static EffectLink? Find(ImmutableArray<EffectLink> present, EffectSetting setting) =>
        present.FirstOrDefault(link => link.Setting.MakesSameAs(setting) && link.Fault.Sentence is null);

    private static EffectLink Make(EffectSetting setting, CameraMode mode, List<IEffect> made)
    {
        IEffect effect = EffectKinds.Create(setting, mode);
        made.Add(effect);
        return new EffectLink(setting, effect, new EffectCost());
    }
}
