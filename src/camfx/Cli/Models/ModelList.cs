using System.Text.Json;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Cli.Models;

/// <summary>Models as a table and as JSON.</summary>
internal static class ModelList
{
    public static string Text()
    {
        (List<Model> installed, List<string> known) = Look();
        IEnumerable<string[]> rows =
        [
            .. installed.Select(static model => (string[])[model.Name, "installed", Described(model)?.Licence ?? "-", model.Path]),
            .. known.Select(static name => (string[])[name, "known", KnownModels.All[name].Licence ?? "-", KnownModels.All[name].Page ?? "-"]),
        ];
        (OnnxRuntime? runtime, string? problem) = Runtime();
        return TextTable.Of(["NAME", "STATE", "LICENCE", "WHERE"], rows, "There are no models.")
            + (runtime is null ? problem : $"ONNX Runtime {runtime.Version}, {runtime.Path}.") + "\n";
    }

    public static string Json() => JsonText.Of(static json =>
    {
        (List<Model> installed, List<string> known) = Look();
        (OnnxRuntime? runtime, string? problem) = Runtime();
        json.WriteStartObject("runtime");
        json.WriteString("version", runtime?.Version);
        json.WriteString("library", runtime?.Path);
        json.WriteString("problem", problem);
        json.WriteEndObject();
        json.WriteStartArray("models");
        foreach (Model model in installed) Write(json, model.Name, Described(model), model);
        foreach (string name in known) Write(json, name, KnownModels.All[name], null);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, string name, ModelManifest? manifest, Model? model)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteBoolean("installed", model is not null);
        json.WriteString("title", manifest?.Title);
        json.WriteString("path", model?.Path);
        json.WriteString("manifest", model?.Origin);
        json.WriteString("licence", manifest?.Licence);
        json.WriteString("page", manifest?.Page);
        json.WriteString("file", manifest?.File);
        json.WriteString("note", manifest?.Note);
        json.WriteEndObject();
    }

    /// <summary>What is installed, a user's model hiding the system's of the same name, and what is only known.</summary>
    private static (List<Model> Installed, List<string> Known) Look()
    {
        List<Model> installed = [.. ModelFolders.All.SelectMany(Model.InFolder).DistinctBy(static model => model.Name)];
        return (installed, [.. KnownModels.All.Keys.Where(name => installed.TrueForAll(model => model.Name != name))]);
    }

    /// <summary>A manifest that cannot be read must not keep the others from being listed; 'check' says what is wrong with it.</summary>
    private static ModelManifest? Described(Model model)
    {
        try
        {
            return model.ReadManifest();
        }
        catch (Exception failure) when (failure is CamfxException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (OnnxRuntime? Runtime, string? Problem) Runtime()
    {
        try
        {
            return (OnnxRuntime.Load(), null);
        }
        catch (OnnxException failure)
        {
            return (null, failure.Message);
        }
    }
}
