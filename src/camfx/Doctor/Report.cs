using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Camfx.Doctor;

/// <summary>Findings as a list for people and as JSON.</summary>
internal static class Report
{
    public static string Text(IReadOnlyList<Finding> findings)
    {
        StringBuilder text = new();
        int severity = findings.Max(static finding => Word(finding.Severity).Length), topic = findings.Max(static finding => finding.Topic.Length);
        foreach (Finding finding in findings)
        {
            text.Append($"{Word(finding.Severity).PadRight(severity)}  {finding.Topic.PadRight(topic)}  {finding.Message}\n");
            if (finding.Remedy is { } remedy) text.Append($"{new string(' ', severity + topic + 4)}$ {remedy}\n");
        }

        return text.Append($"\n{Count(findings, Severity.Problem)}, {Count(findings, Severity.Warning)}.\n").ToString();
    }

    public static string Json(IReadOnlyList<Finding> findings)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("problems", findings.Count(static finding => finding.Severity == Severity.Problem));
            writer.WriteNumber("warnings", findings.Count(static finding => finding.Severity == Severity.Warning));
            writer.WriteStartArray("findings");
            foreach (Finding finding in findings)
            {
                writer.WriteStartObject();
                writer.WriteString("topic", finding.Topic);
                writer.WriteString("severity", Word(finding.Severity));
                writer.WriteString("message", finding.Message);
                writer.WriteString("remedy", finding.Remedy);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Count(IReadOnlyList<Finding> findings, Severity severity)
    {
        int count = findings.Count(finding => finding.Severity == severity);
        return $"{(count == 0 ? "no" : count)} {Word(severity)}{(count == 1 ? "" : "s")}";
    }
}
