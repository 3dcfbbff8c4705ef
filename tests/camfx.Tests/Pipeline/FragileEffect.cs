using System.Collections.Concurrent;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Pipeline;

/// <summary>The effect <c>fragile</c>, which breaks in a way it does not promise when a test says so.</summary>
internal sealed unsafe class FragileEffect(bool inPlace, string word) : IEffect
{
    private static readonly Lock s_gate = new();
    private static bool s_added;

    public static EffectKind Kind { get; } = new(
        "fragile",
        "An effect that breaks.",
        [EffectKey.Switch("inplace", "whether it works in place"), EffectKey.Text("when", "", "any word", "the word by which it breaks")],
        static (values, _) => new FragileEffect(values.Switch("inplace"), values.Text("when")));

    /// <summary>The words by which they break now.</summary>
    public static ConcurrentDictionary<string, bool> Words { get; } = new(StringComparer.Ordinal);

    public bool IsInPlace => inPlace;

    /// <summary>Makes the kind one of those that are found.</summary>
    public static void Add()
    {
        lock (s_gate)
        {
            if (!s_added) EffectKinds.AddUnlisted(Kind);
            s_added = true;
        }
    }

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (Words.ContainsKey(word)) throw new InvalidOperationException("The glass has a crack.");
        if (!inPlace) Imaging.Converter.Convert(source, target);
        for (int row = 0; row < target.Height; row++) new Span<byte>(target.Row(0, row), target.Width).Fill((byte)(*target.Row(0, row) + 1));
    }

    public void Dispose()
    {
    }
}
