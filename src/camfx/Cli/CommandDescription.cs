using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using Camfx.Sources;

namespace Camfx.Cli;

/// <summary>
/// Answers <c>camfx --describe</c>: everything that can be typed, as JSON, from the very objects that parse it. eng/man-pages.py makes the manual
/// pages of it.
/// </summary>
internal static class CommandDescription
{
    /// <summary>The only argument of such a question. Not an option that help shows: no person types it.</summary>
    public const string Request = "--describe";

    public static int Answer(RootCommand root)
    {
        using Stream output = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("version", ProgramVersion.Text);
        json.WritePropertyName("command");
        Write(json, root);
        json.WriteStartArray("sources");
        foreach (SourceKind kind in SourceKinds.All)
        {
            json.WriteStartObject();
            json.WriteString("form", kind.Form);
            json.WriteString("description", kind.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("effects");
        EffectNoun.Write(json);
        json.WriteStartObject("exit");
        foreach (ExitCode code in Enum.GetValues<ExitCode>()) json.WriteNumber(code.ToString(), (int)code);
        json.WriteEndObject();
        json.WriteEndObject();
        return (int)ExitCode.Ok;
    }

    private static void Write(Utf8JsonWriter json, Command command)
    {
        json.WriteStartObject();
        json.WriteString("name", command is RootCommand ? "camfx" : command.Name);
        json.WriteString("description", command.Description);
        json.WriteStartArray("arguments");
        foreach (Argument argument in command.Arguments) Write(json, argument);
        json.WriteEndArray();
        json.WriteStartArray("options");
        foreach (Option option in command.Options.Where(static option => option is not (HelpOption or VersionOption))) Write(json, option);
        json.WriteEndArray();
        json.WriteStartArray("commands");
        foreach (Command verb in command.Subcommands) Write(json, verb);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Argument argument)
    {
        json.WriteStartObject();
        json.WriteString("name", argument.HelpName ?? argument.Name);
        json.WriteString("description", argument.Description);
        json.WriteBoolean("required", argument.Arity.MinimumNumberOfValues > 0);
        json.WriteBoolean("many", argument.Arity.MaximumNumberOfValues > 1);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Option option)
    {
        json.WriteStartObject();
        json.WriteString("name", option.Name);
        json.WriteString("value", option.ValueType == typeof(bool) ? null : option.HelpName);
        json.WriteString("description", option.Description);
        json.WriteBoolean("many", option.Arity.MaximumNumberOfValues > 1);
        object? otherwise = option.ValueType != typeof(bool) && option.HasDefaultValue ? option.GetDefaultValue() : null;
        json.WriteString("default", otherwise is string[] words ? string.Join(' ', words) : otherwise?.ToString());
        json.WriteEndObject();
    }
}
