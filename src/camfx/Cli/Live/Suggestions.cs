using System.CommandLine.Completions;
using Camfx.Effects;
using Camfx.Sources;

namespace Camfx.Cli.Live;

/// <summary>What can stand where the shell's cursor is. It comes from the same lists as the help, so nothing has to be kept in step.</summary>
internal static class Suggestions
{
    private static readonly string[] s_patterns = ["smpte", "bars", "checker", "gradient", "ball", "counter", "noise", "solid"];

    /// <summary>Sources: kinds, and all patterns once <c>test:</c> stands there.</summary>
    public static IEnumerable<CompletionItem> Sources(string typed) => typed.StartsWith("test:", StringComparison.Ordinal)
        ? s_patterns.Select(static pattern => new CompletionItem($"test:{pattern}"))
        : SourceKinds.All.Select(static kind => new CompletionItem($"{kind.Scheme}:", detail: kind.Description));

    /// <summary>Effects: kinds, and behind the colon the keys that are not there yet; behind a key its words.</summary>
    public static IEnumerable<CompletionItem> EffectSpecs(string typed)
    {
        int colon = typed.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return EffectKinds.All.Select(static kind => new CompletionItem(kind.Keys.IsEmpty ? kind.Name : $"{kind.Name}:", detail: kind.Description));
        EffectKind? effect = EffectKinds.Find(typed[..colon]);
        if (effect is null) return [];
        int begin = typed.LastIndexOf(',') is var comma && comma > colon ? comma + 1 : colon + 1;
        string before = typed[..begin], last = typed[begin..];
        int equals = last.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return effect.Keys.Where(key => !before.Contains($":{key.Name}=", StringComparison.Ordinal) && !before.Contains($",{key.Name}=", StringComparison.Ordinal))
                .Select(key => new CompletionItem($"{before}{key.Name}=", detail: key.Description));
        }

        return effect.Keys.Where(key => key.Name == last[..equals]).SelectMany(static key => key.Words)
            .Select(word => new CompletionItem($"{before}{last[..(equals + 1)]}{word}"));
    }

    /// <summary>KEY= of a camera, or the words behind it.</summary>
    public static IEnumerable<CompletionItem> CameraKeys(string typed)
    {
        if (typed.StartsWith("source=", StringComparison.Ordinal)) return Sources(typed["source=".Length..]).Select(static item => new CompletionItem($"source={item.Label}"));
        return typed switch
        {
            _ when typed.StartsWith("idle=", StringComparison.Ordinal) => [new("idle=on-demand"), new("idle=always"), new("idle=off")],
            _ when typed.StartsWith("enabled=", StringComparison.Ordinal) => [new("enabled=on"), new("enabled=off")],
            _ when typed.StartsWith("when=", StringComparison.Ordinal) => [new("when=idle"), new("when=now")],
            _ => CameraWords.Keys.Select(static key => new CompletionItem($"{key}=")),
        };
    }

    /// <summary>The running cameras; none where camfx does not run.</summary>
    public static IEnumerable<CompletionItem> Cameras() => Ask(static client => client.Cameras().Select(static camera => camera.Camera.Name));

    /// <summary>Numbers and kinds of the first camera's effects.</summary>
    public static IEnumerable<CompletionItem> Effects() =>
        Ask(static client => client.Cameras().SelectMany(static camera => camera.Effects).Select(CameraView.NumberOf).Distinct());

    private static CompletionItem[] Ask(Func<ServiceClient, IEnumerable<string>> question)
    {
        try
        {
            using ServiceClient? client = ServiceClient.TryConnect();
            return client is null ? [] : [.. question(client).Select(static answer => new CompletionItem(answer))];
        }
        catch (DBus.BusException)
        {
            return []; // It ended just now.
        }
    }
}
