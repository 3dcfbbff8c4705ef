using System.CommandLine;
using System.Text;
using System.Text.Json;
using Camfx.Cli.Live;
using Camfx.Effects;

namespace Camfx.Cli;

/// <summary><c>camfx effect …</c>: what effects there are and what they take, and those of a running camera.</summary>
internal static class EffectNoun
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var kinds = new Command("kinds", "Lists the kinds of effects with their keys.") { json };
        kinds.SetAction(parsed => Console.Out.Write(parsed.GetValue(json) ? Json() : Text()));
        var effect = new Command(
            "effect",
            "Effects: their kinds, and those of a running camera. Changes are seen from one frame to the next, and are kept. "
            + "Exit status: 3 when camfx is not running, 5 when there is no such camera or effect.")
        {
            kinds,
        };
        foreach (Command verb in EffectVerbs.Create()) effect.Subcommands.Add(verb);
        return effect;
    }

    private static string Text()
    {
        var text = new StringBuilder();
        foreach (EffectKind kind in EffectKinds.All)
        {
            text.Append($"{kind.Name,-12} {kind.Description}\n");
            foreach (EffectKey key in kind.Keys)
                text.Append($"  {key.Name,-12} {key.Description} ({key.Values}{(key.Default is null ? "; required" : $"; default {Shown(key.Default)}")})\n");
        }

        return text.ToString();
    }

    private static string Shown(string value) => value.Length == 0 ? "empty" : value;

    private static string Json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true })) Write(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Writes every kind with its keys.</summary>
    internal static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (EffectKind kind in EffectKinds.All) Write(writer, kind);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, EffectKind kind)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", kind.Name);
        writer.WriteString("description", kind.Description);
        writer.WriteStartArray("keys");
        foreach (EffectKey key in kind.Keys)
        {
            writer.WriteStartObject();
            writer.WriteString("key", key.Name);
            writer.WriteString("description", key.Description);
            writer.WriteString("values", key.Values);
            writer.WriteString("default", key.Default);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
