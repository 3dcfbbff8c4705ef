using Camfx.Analysis.Onnx;
using Camfx.Frames;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Cli.Models;

/// <summary><c>camfx model add</c>.</summary>
internal static class ModelAdd
{
    public static void Run(string file, string? name, string? manifest)
    {
        if (!File.Exists(file)) throw new CamfxException(ExitCode.NoSuchThing, $"The model '{file}' does not exist; check the path.");
        if (manifest is not null && !File.Exists(manifest)) throw new CamfxException(ExitCode.NoSuchThing, $"The manifest '{manifest}' does not exist; check the path.");
        name = Checked(name ?? KnownModels.NameOfFile(file) ?? Path.GetFileNameWithoutExtension(file));

        // It is tried where it will be: under its new name, with the manifest that it will have.
        string folder = ModelFolders.OfUser;
        Directory.CreateDirectory(folder);
        string work = Directory.CreateDirectory(Path.Combine(folder, $".adding-{Environment.ProcessId}")).FullName;
        try
        {
            string copy = Path.Combine(work, name + ".onnx");
            File.Copy(file, copy);
            string? beside = manifest ?? Model.OfFile(file).ManifestPath;
            if (beside is not null) File.Copy(beside, Path.ChangeExtension(copy, ".json"));
            else if (!KnownModels.All.ContainsKey(name) && KnownModels.NameOfFile(file) is { } known) File.WriteAllBytes(Path.ChangeExtension(copy, ".json"), KnownModels.Text(known));
            Try(Model.OfFile(copy));
            string target = Path.Combine(folder, name + ".onnx"), described = Path.ChangeExtension(target, ".json");
            if (Model.OfFile(copy).ManifestPath is { } kept) File.Move(kept, described, overwrite: true);
            else File.Delete(described);
            File.Move(copy, target, overwrite: true);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        Console.Out.WriteLine(name);
    }

    private static void Try(Model model)
    {
        using OnnxSegmenter segmenter = OnnxSegmenter.Open(model, new OnnxSessionOptions { Provider = OnnxProvider.Cpu });
        using SampleScene scene = new();
        using FrameBuffer mask = new(FrameLayout.Packed(PixelFormat.Gray8, SampleScene.Width, SampleScene.Height), ColorMatrix.Bt601, ColorRange.Full);
        scene.Draw(0);
        segmenter.Segment(scene.View, mask.View);
        if (segmenter.Problem is { } problem) throw new CamfxException(ExitCode.Failed, problem);
    }

    private static string Checked(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.' && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? name
            : throw CamfxException.Usage($"'{name}' cannot be a model's name; give one of letters, digits, '-', '_' and '.' with --name.");
}
