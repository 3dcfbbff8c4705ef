using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Service.State;

namespace Camfx.Service.Objects;

/// <summary>The arguments of CreateCamera.</summary>
internal static class CameraWish
{
    private const int MostOutputs = 8;

    private static readonly BusType<(string Kind, IReadOnlyDictionary<string, Variant> Parameters)[]> s_chain =
        BusType.Array(BusType.Struct(BusType.String, BusType.Options));

    /// <summary>Reads them.</summary>
    /// <exception cref="BusException">InvalidArgument: the message says which and why.</exception>
    /// <exception cref="CamfxException">Likewise.</exception>
    public static CameraRecord Read(string title, IReadOnlyDictionary<string, Variant> options)
    {
        string name = CameraName.Check(OptionReader.Checked(title, "The name"));
        OptionReader reader = new(options, "source", "width", "height", "fps", "idle", "enabled", "outputs", "effects");
        string[] outputs = reader.Value("outputs", BusType.Array(BusType.String), ["auto"]);
        if (outputs.Length > MostOutputs) throw BusException.InvalidArgument($"There are {outputs.Length} outputs, expected at most {MostOutputs}.");
        foreach (string output in outputs) OptionReader.Checked(output, "An output");
        CameraRecord record = new()
        {
            Id = ServicePaths.Encode(name),
            Name = name,
            Source = SourceText.Check(reader.Text("source", CameraRecord.Default.Source)),
            Mode = OptionReader.Mode(reader.Number("width", 1280), reader.Number("height", 720), reader.Real("fps", 30)),
            Idle = IdleModeWords.Parse(reader.Text("idle", "on-demand")),
            Enabled = reader.Flag("enabled", true),
            Outputs = [.. outputs],
        };
        return EffectEdits.SetAll(record, reader.Value("effects", s_chain, []));
    }
}
