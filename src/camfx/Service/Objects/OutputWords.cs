using System.Collections.Immutable;
using Camfx.DBus;

namespace Camfx.Service.Objects;

/// <summary>Changes of the words that say which outputs a camera has.</summary>
internal static class OutputWords
{
    /// <summary>Outputs a camera may have.</summary>
    public const int Most = 8;

    /// <summary>The words for one output fewer.</summary>
    /// <param name="words">The words so far.</param>
    /// <param name="kinds">What they have made.</param>
    /// <param name="kind">Which of it goes.</param>
    /// <exception cref="BusException">NotFound: there is none of this kind.</exception>
    public static ImmutableArray<string> Without(ImmutableArray<string> words, ImmutableArray<string> kinds, string kind)
    {
        ImmutableArray<string> said = Spell(words, kinds);
        string? gone = said.FirstOrDefault(word => KindOf(word) == kind);
        return gone is null ? throw BusException.NotFound($"The output '{kind}' is gone already.") : said.Remove(gone);
    }

    /// <summary>The words for one output more.</summary>
    /// <param name="words">The words so far.</param>
    /// <param name="kinds">What they have made.</param>
    /// <param name="word">What comes.</param>
    /// <exception cref="BusException">It is there, or no word, or there are as many as there may be.</exception>
    public static ImmutableArray<string> With(ImmutableArray<string> words, ImmutableArray<string> kinds, string word)
    {
        if (KindOf(word) is not ("pipewire" or "queue" or "device" or "none"))
            throw BusException.InvalidArgument($"There is no output '{OptionReader.Short(word)}'; the outputs are: pipewire, device, device:LABEL, queue, none.");
        ImmutableArray<string> said = Spell(words, kinds);
        if (said.Contains(word)) throw BusException.Busy($"The camera has the output '{word}' already.");
        return said.Length < Most ? said.Add(word) : throw BusException.LimitReached($"The camera has {Most} outputs already; remove one.");
    }

    /// <summary>The words with <c>auto</c> written out.</summary>
    private static ImmutableArray<string> Spell(ImmutableArray<string> words, ImmutableArray<string> kinds) =>
        words.Contains("auto") ? [.. words.Remove("auto").Concat(kinds.Where(kind => !words.Any(word => KindOf(word) == kind)))] : words;

    private static string KindOf(string word) => word.Split(':')[0];
}
