using System.Collections.Immutable;
using System.Text.Json;
using Camfx.Imaging;

namespace Camfx.Models;

/// <summary>Reads a manifest: JSON whose keys docs/models.md names. A key that is not known is refused: it would be a typing error that nobody sees.</summary>
internal static class ManifestJson
{
    /// <param name="text">The file.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <exception cref="CamfxException">It is none.</exception>
    public static ModelManifest Read(ReadOnlyMemory<byte> text, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Manifest(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            string why = failure is JsonException ? $"it is no JSON at line {((JsonException)failure).LineNumber + 1}" : failure.Message.TrimEnd('.');
            throw new CamfxException(ExitCode.Failed, $"The manifest '{name}' cannot be used: {why}; docs/models.md says what stands in one.", failure);
        }
    }

    private static ModelManifest Manifest(JsonElement json)
    {
        ModelManifest manifest = new() { Title = "" };
        foreach (JsonProperty key in json.EnumerateObject())
        {
            manifest = key.Name switch
            {
                "title" => manifest with { Title = Text(key) },
                "page" => manifest with { Page = Text(key) },
                "file" => manifest with { File = Text(key) },
                "licence" => manifest with { Licence = Text(key) },
                "note" => manifest with { Note = Text(key) },
                "input" => manifest with { Input = Input(key.Value) },
                "output" => manifest with { Output = Output(key.Value) },
                "states" => manifest with { States = [.. key.Value.EnumerateObject().Select(static pair => new ModelState(pair.Name, Text(pair)))] },
                "constants" => manifest with { Constants = [.. key.Value.EnumerateObject().Select(Constant)] },
                _ => throw Unknown(key, ""),
            };
        }

        return manifest;
    }

    private static ModelInput Input(JsonElement json)
    {
        ModelInput input = new();
        float[] mean = [0, 0, 0], scale = [1 / 255f, 1 / 255f, 1 / 255f];
        foreach (JsonProperty key in json.EnumerateObject())
        {
            switch (key.Name)
            {
                case "mean": mean = Three(key); break;
                case "scale": scale = Three(key); break;
                default:
                    input = key.Name switch
                    {
                        "name" => input with { Name = Text(key) },
                        "width" => input with { Width = Number(key, 8, 4096) },
                        "height" => input with { Height = Number(key, 8, 4096) },
                        "layout" => input with { Layout = Word<TensorLayout>(key) },
                        "order" => input with { IsBgr = Text(key) switch { "rgb" => false, "bgr" => true, _ => throw Wrong(key, "rgb or bgr") } },
                        "fit" => input with { Fit = Word<PictureFit>(key) },
                        _ => throw Unknown(key, "input."),
                    };
                    break;
            }
        }

        return input with { Channels = new TensorChannels(mean[0], mean[1], mean[2], scale[0], scale[1], scale[2]) };
    }

    private static ModelOutput Output(JsonElement json)
    {
        ModelOutput output = new();
        foreach (JsonProperty key in json.EnumerateObject())
        {
            output = key.Name switch
            {
                "name" => output with { Name = Text(key) },
                "meaning" => output with { Meaning = Word<MaskMeaning>(key) },
                "layout" => output with { Layout = Word<TensorLayout>(key) },
                "channel" => output with { Channel = Number(key, 0, 1000) },
                "background" => output with { IsBackground = key.Value.GetBoolean() },
                _ => throw Unknown(key, "output."),
            };
        }

        return output;
    }

    private static ModelConstant Constant(JsonProperty key)
    {
        ImmutableArray<long>? shape = null;
        ImmutableArray<float> values = [];
        foreach (JsonProperty part in key.Value.EnumerateObject())
        {
            if (part.Name == "shape") shape = [.. part.Value.EnumerateArray().Select(static number => number.GetInt64())];
            else if (part.Name == "values") values = [.. part.Value.EnumerateArray().Select(static number => number.GetSingle())];
            else throw Unknown(part, $"constants.{key.Name}.");
        }

        shape ??= [values.Length];
        if (values.IsEmpty || shape.Value.Aggregate(1L, static (product, dimension) => product * dimension) != values.Length)
            throw new FormatException($"the constant '{key.Name}' has {values.Length} values, but its shape wants another number");
        return new ModelConstant(key.Name, shape.Value, values);
    }

    private static float[] Three(JsonProperty key)
    {
        float[] numbers = key.Value.ValueKind == JsonValueKind.Array ? [.. key.Value.EnumerateArray().Select(static number => number.GetSingle())] : [];
        return numbers.Length == 3 ? numbers : throw Wrong(key, "three numbers");
    }

    private static T Word<T>(JsonProperty key)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(static word => word.ToLowerInvariant())];
        int index = Array.IndexOf(words, Text(key));
        return index >= 0 ? Enum.GetValues<T>()[index] : throw Wrong(key, string.Join(", ", words));
    }

    private static int Number(JsonProperty key, int least, int most) =>
        key.Value.ValueKind == JsonValueKind.Number && key.Value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Wrong(key, $"a whole number from {least} to {most}");

    private static string Text(JsonProperty key) => key.Value.ValueKind == JsonValueKind.String ? key.Value.GetString()! : throw Wrong(key, "a text");

    private static FormatException Wrong(JsonProperty key, string expected) => new($"its '{key.Name}' is not {expected}");

    private static FormatException Unknown(JsonProperty key, string where) => new($"it has the unknown key '{where}{key.Name}'");
}
