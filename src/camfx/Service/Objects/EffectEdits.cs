using System.Collections.Immutable;
using System.Globalization;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Effects;
using Camfx.Service.State;

namespace Camfx.Service.Objects;

/// <summary>Changes of a camera's chain, each from one record to the next.</summary>
internal static class EffectEdits
{
    /// <summary>Effects a camera may have.</summary>
    public const int Most = 32;

    /// <summary>The key that SetEffects knows besides those of the kinds.</summary>
    private const string EnabledKey = "enabled";

    /// <summary>Puts an effect in; its id is <paramref name="record"/>'s NextEffect.</summary>
    /// <exception cref="BusException">The chain is full, or the position beyond it.</exception>
    public static CameraRecord Add(CameraRecord record, string kind, ImmutableSortedDictionary<string, string> parameters, int position)
    {
        if (record.Effects.Length >= Most) throw TooMany(record.Effects.Length + 1);
        int place = position == -1 ? record.Effects.Length : position;
        if (place < 0 || place > record.Effects.Length) throw Beyond(position, record.Effects.Length);
        return record with { Effects = record.Effects.Insert(place, new EffectSetting(NextId(record), Known(kind), parameters)), NextEffect = record.NextEffect + 1 };
    }

    /// <summary>The id that the next effect gets.</summary>
    public static string NextId(CameraRecord record) => record.NextEffect.ToString(CultureInfo.InvariantCulture);

    /// <summary>Moves an effect.</summary>
    /// <exception cref="BusException">It is gone, or the position is beyond the chain.</exception>
    public static CameraRecord Move(CameraRecord record, string id, int position)
    {
        int from = IndexOf(record, id), place = position == -1 ? record.Effects.Length - 1 : position;
        if (place < 0 || place >= record.Effects.Length) throw Beyond(position, record.Effects.Length - 1);
        EffectSetting moved = record.Effects[from];
        return record with { Effects = record.Effects.RemoveAt(from).Insert(place, moved) };
    }

    /// <summary>Takes an effect out.</summary>
    /// <exception cref="BusException">It is gone.</exception>
    public static CameraRecord Remove(CameraRecord record, string id) => record with { Effects = record.Effects.RemoveAt(IndexOf(record, id)) };

    /// <summary>Changes an effect where it is.</summary>
    /// <exception cref="BusException">It is gone.</exception>
    public static CameraRecord Replace(CameraRecord record, string id, Func<EffectSetting, EffectSetting> change)
    {
        int index = IndexOf(record, id);
        return record with { Effects = record.Effects.SetItem(index, change(record.Effects[index])) };
    }

    /// <summary>Replaces the chain. An effect that is still there keeps its id, and one of the same kind takes it over.</summary>
    /// <exception cref="BusException">There are too many, or values that cannot be read.</exception>
    public static CameraRecord SetAll(CameraRecord record, (string Kind, IReadOnlyDictionary<string, Variant> Parameters)[] chain)
    {
        if (chain.Length > Most) throw TooMany(chain.Length);
        EffectSetting[] wanted = [.. chain.Select(Read)];
        List<EffectSetting> left = [.. record.Effects];
        Keep(static (old, wish) => old.Kind == wish.Kind && old.Parameters.SequenceEqual(wish.Parameters));
        Keep(static (old, wish) => old.Kind == wish.Kind);
        int next = record.NextEffect;
        for (int i = 0; i < wanted.Length; i++)
            if (wanted[i].Id.Length == 0) wanted[i] = wanted[i] with { Id = next++.ToString(CultureInfo.InvariantCulture) };
        return record with { Effects = [.. wanted], NextEffect = next };

        void Keep(Func<EffectSetting, EffectSetting, bool> same)
        {
            for (int i = 0; i < wanted.Length; i++)
            {
                if (wanted[i].Id.Length > 0 || left.Find(old => same(old, wanted[i])) is not { } kept) continue;
                left.Remove(kept);
                wanted[i] = wanted[i] with { Id = kept.Id };
            }
        }
    }

    private static EffectSetting Read((string Kind, IReadOnlyDictionary<string, Variant> Parameters) entry)
    {
        bool enabled = true;
        Dictionary<string, Variant> parameters = new(entry.Parameters, StringComparer.Ordinal);
        if (parameters.Remove(EnabledKey, out Variant? given))
            enabled = given.Value as bool? ?? throw BusException.InvalidArgument($"enabled has the type {given.Signature}, expected b.");
        return new EffectSetting("", Known(entry.Kind), ParameterText.Read(parameters), enabled);
    }

    // Here and not when the effect is made: one that is not enabled may never be.
    private static string Known(string kind) => EffectKinds.Find(kind) is not null
        ? kind
        : throw BusException.InvalidArgument(
            $"There is no effect '{OptionReader.Short(kind)}'; the effects are: {string.Join(", ", EffectKinds.All.Select(known => known.Name))}.");

    private static int IndexOf(CameraRecord record, string id)
    {
        for (int i = 0; i < record.Effects.Length; i++)
            if (record.Effects[i].Id == id) return i;
        throw BusException.NotFound($"The effect {id} of '{record.Name}' was removed.");
    }

    private static BusException TooMany(int count) => BusException.LimitReached($"{count} effects are more than the {Most} that a camera may have.");

    private static BusException Beyond(int position, int last) => BusException.InvalidArgument($"The position is {position}, expected 0 to {last}, or -1 for the last.");
}
