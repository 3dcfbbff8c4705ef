using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Service.Objects;
using Camfx.Service.State;

namespace Camfx.Tests.Service.Objects;

/// <summary>Changes of a chain and of outputs, and values as they come over the bus.</summary>
public sealed class EditTests
{
    private static readonly CameraRecord s_three = CameraRecord.Default with
    {
        Effects = [Of("1", "mirror"), Of("2", "brightness", ("value", "1")), Of("3", "brightness", ("value", "2"))],
        NextEffect = 4,
    };

    [Fact]
    public void A_new_chain_keeps_the_effects_that_are_still_there()
    {
        CameraRecord changed = EffectEdits.SetAll(s_three, [("brightness", Values(("value", 2))), ("flip", Values()), ("brightness", Values(("value", 9))), ("brightness", Values())]);

        Assert.Equal(["3", "4", "2", "5"], changed.Effects.Select(effect => effect.Id));
        Assert.Equal(6, changed.NextEffect);
        Assert.Equal("9", changed.Effects[2].Parameters["value"]);
    }

    [Fact]
    public void Effects_are_moved_and_removed_by_their_ids()
    {
        Assert.Equal("312", Order(EffectEdits.Move(s_three, "3", 0)));
        Assert.Equal("231", Order(EffectEdits.Move(s_three, "1", -1)));
        Assert.Equal("13", Order(EffectEdits.Remove(s_three, "2")));
        Assert.Equal("1423", Order(EffectEdits.Add(s_three, "flip", EffectSetting.NoParameters, 1)));
        Assert.Equal(BusErrors.InvalidArgument, Assert.Throws<BusException>(() => EffectEdits.Move(s_three, "1", 3)).Name);
        Assert.Equal(BusErrors.NotFound, Assert.Throws<BusException>(() => EffectEdits.Remove(s_three, "4")).Name);
    }

    [Fact]
    public void Values_of_all_plain_types_are_texts_of_an_effect()
    {
        var read = ParameterText.Read(Values(("a", "x,y"), ("b", true), ("c", -3), ("d", 0.5), ("e", 7UL)));

        Assert.Equal("a=x,y b=1 c=-3 d=0.5 e=7", string.Join(' ', read.Select(pair => $"{pair.Key}={pair.Value}")));
        foreach (Variant wrong in (Variant[])[Variant.Of(BusType.Array(BusType.String), ["x"]), double.NaN, new string('x', 4097)])
            Assert.Equal(BusErrors.InvalidArgument, Assert.Throws<BusException>(() => ParameterText.Read(Values(("a", wrong)))).Name);
        Assert.Throws<BusException>(() => ParameterText.Read(Values(("no key", 1))));
    }

    [Fact]
    public void Auto_is_written_out_when_an_output_goes_or_comes()
    {
        ImmutableArray<string> kinds = ["pipewire", "queue", "device"];

        Assert.Equal(["pipewire", "device"], OutputWords.Without(["auto"], kinds, "queue").ToArray());
        Assert.Equal(["device:x", "pipewire", "queue", "none"], OutputWords.With(["device:x", "auto"], kinds, "none").ToArray());
        Assert.Equal(["queue"], OutputWords.Without(["device:x", "queue"], ["device", "queue"], "device").ToArray());
        Assert.Throws<BusException>(() => OutputWords.Without(["queue"], ["queue"], "pipewire"));
        Assert.Throws<BusException>(() => OutputWords.With(["queue"], ["queue"], "screen"));
    }

    private static EffectSetting Of(string id, string kind, params (string Key, string Value)[] parameters) =>
        new(id, kind, parameters.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));

    private static Dictionary<string, Variant> Values(params (string Key, Variant Value)[] values) => values.ToDictionary(pair => pair.Key, pair => pair.Value);

    private static string Order(CameraRecord record) => string.Concat(record.Effects.Select(effect => effect.Id));
}
