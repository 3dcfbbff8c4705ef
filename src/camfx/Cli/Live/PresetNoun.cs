using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.Json;
using Camfx.Configuration;
using Camfx.DBus.Interfaces;
using Camfx.Presets;
using Camfx.Service.Objects;

namespace Camfx.Cli.Live;

/// <summary><c>camfx preset list|load|save|remove</c>: whole chains of effects under one name.</summary>
internal static class PresetNoun
{
    public static Command Create() => new(
        "preset",
        "Presets: whole chains of effects under one name. Yours are files in $XDG_CONFIG_HOME/camfx/presets, one SPEC a line. "
        + "Exit status: 3 when camfx is not running, 5 when there is no such preset or camera.")
    {
        List(), Load(), Save(), Remove(),
    };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var list = new Command("list", "Lists the presets there are, those that camfx brings along and yours.") { json };
        list.SetAction(parsed =>
        {
            PresetFolder folder = PresetFolder.OfUser();
            Preset[] presets = [.. folder.Names().Select(folder.Read)];
            Console.Out.Write(parsed.GetValue(json)
                ? Json(presets, folder)
                : TextTable.Of(["NAME", "WHOSE", "WHAT IT DOES"], presets.Select(preset => new[] { preset.Name, Whose(folder, preset), Summary(preset) }), "There are no presets."));
        });
        return list;
    }

    private static Command Load()
    {
        Argument<string> name = Name();
        Option<string> camera = CameraChoice.Option();
        var load = new Command("load", "Gives a camera the preset's effects instead of those it has, between two frames.") { name, camera };
        load.SetAction(parsed =>
        {
            Preset preset = PresetFolder.OfUser().Read(parsed.GetValue(name)!);
            ServiceClient.Do(client => client.Camera(parsed.GetValue(camera)!).Camera.SetEffects(
                [.. preset.Effects.Select(static effect => (effect.Kind, ParameterText.Show(effect.Parameters)))]));
        });
        return load;
    }

    private static Command Save()
    {
        Argument<string> name = Name();
        var description = new Option<string>("--description") { HelpName = "TEXT", Description = "What it does, one line.", DefaultValueFactory = static _ => "" };
        Option<string> camera = CameraChoice.Option();
        var save = new Command("save", "Keeps a camera's effects, those that are enabled, under a name.") { name, description, camera };
        save.SetAction(parsed => ServiceClient.Do(client =>
        {
            IEnumerable<Effect1Proxy> effects = client.Camera(parsed.GetValue(camera)!).Effects.Where(static effect => effect.Enabled);
            PresetFolder.OfUser().Write(new Preset(
                parsed.GetValue(name)!, parsed.GetValue(description)!.ReplaceLineEndings(" "), [.. effects.Select(Setting)]));
        }));
        return save;
    }

    private static Command Remove()
    {
        Argument<string> name = Name();
        var remove = new Command("remove", "Removes one of your presets.") { name };
        remove.SetAction(parsed => PresetFolder.OfUser().Remove(parsed.GetValue(name)!));
        return remove;
    }

    private static Argument<string> Name() => new("NAME")
    {
        HelpName = "NAME",
        Description = "The preset's name; 'camfx preset list' shows them.",
        CompletionSources = { static _ => PresetFolder.OfUser().Names().Select(static name => new CompletionItem(name)) },
    };

    private static EffectSetting Setting(Effect1Proxy effect) => new("1", effect.Kind, ParameterText.Read(effect.Parameters));

    private static string Whose(PresetFolder folder, Preset preset) => folder.IsOwn(preset.Name) ? "yours" : "camfx";

    private static string Summary(Preset preset) =>
        preset.Description.Length > 0 ? preset.Description : string.Join(' ', preset.Effects.Select(static effect => effect.Spec));

    private static string Json(Preset[] presets, PresetFolder folder)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (Preset preset in presets)
            {
                json.WriteStartObject();
                json.WriteString("name", preset.Name);
                json.WriteString("whose", Whose(folder, preset));
                json.WriteString("description", preset.Description);
                json.WriteStartArray("effects");
                foreach (EffectSetting effect in preset.Effects) json.WriteStringValue(effect.Spec);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
