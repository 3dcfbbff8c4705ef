using System.CommandLine;
using System.CommandLine.Completions;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Cli.Models;

/// <summary><c>camfx model list|add|check|bench</c>: networks that tell who is in front.</summary>
internal static class ModelNoun
{
    public static Command Create() => new(
        "model",
        "Neural networks that tell who is in front: files in ONNX's format, which ONNX Runtime computes. camfx brings none; it knows where some are and how "
        + "they are fed. Exit status: 5 when there is no such model.")
    {
        List(), Add(), Check(), Bench(),
    };

    private static Command List()
    {
        Option<bool> json = Json();
        Command list = new("list", "Lists the models that are installed, and those that camfx knows with the page where each is to be had.") { json };
        list.SetAction(parsed => Console.Out.Write(parsed.GetValue(json) ? ModelList.Json() : ModelList.Text()));
        return list;
    }

    private static Command Add()
    {
        Argument<string> file = new("FILE") { Description = "A model, FILE.onnx." };
        Option<string?> name = new("--name")
        {
            HelpName = "NAME",
            Description = "What it is called from now on: a name that 'model list' knows, to be fed like that, or any other; the file's own name if left out.",
        };
        Option<string?> manifest = new("--manifest")
        {
            HelpName = "FILE",
            Description = "How it is fed, as docs/models.md describes; FILE.json beside the model if left out, or what camfx knows of it.",
        };
        Command add = new("add", "Runs a model once and, when that works, keeps a copy of it for this user.") { file, name, manifest };
        add.SetAction(parsed => ModelAdd.Run(parsed.GetRequiredValue(file), parsed.GetValue(name), parsed.GetValue(manifest)));
        return add;
    }

    private static Command Check()
    {
        Argument<string> model = Name();
        Option<bool> json = Json();
        Option<string> provider = Provider();
        Command check = new("check", "Loads a model, runs one picture through it, and says how it is fed and what it gives.") { model, provider, json };
        check.SetAction(parsed =>
        {
            OnnxProvider on = ProviderOf(parsed.GetValue(provider)!);
            ModelCheck.Run(Find(parsed.GetRequiredValue(model)), on, parsed.GetValue(json));
        });
        return check;
    }

    private static Command Bench()
    {
        Argument<string> model = Name();
        Option<bool> json = Json();
        Option<string> provider = Provider();
        Option<int> frames = new("--frames") { HelpName = "N", Description = "How many pictures, 1 to 100000.", DefaultValueFactory = static _ => 100 };
        Option<int> threads = new("--threads") { HelpName = "N", Description = "Threads of the network, 1 to 64.", DefaultValueFactory = static _ => 2 };
        Command bench = new("bench", "Measures how long a model takes for a picture: the median, the least and the most.") { model, frames, threads, provider, json };
        bench.SetAction(parsed =>
        {
            int count = InRange(parsed.GetValue(frames), 100000, "--frames"), width = InRange(parsed.GetValue(threads), 64, "--threads");
            OnnxSessionOptions options = new() { Threads = width, Provider = ProviderOf(parsed.GetValue(provider)!) };
            ModelBench.Run(Find(parsed.GetRequiredValue(model)), options, count, parsed.GetValue(json));
        });
        return bench;
    }

    private static Model Find(string nameOrPath) => Model.Find(nameOrPath, ModelFolders.All);

    private static Argument<string> Name()
    {
        Argument<string> name = new("MODEL") { Description = "An installed model's name, or the path of a file." };
        name.CompletionSources.Add(static _ => ModelFolders.All.SelectMany(Model.InFolder).Select(static model => new CompletionItem(model.Name)));
        return name;
    }

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    private static Option<string> Provider()
    {
        Option<string> provider = new("--provider")
        {
            HelpName = "auto|cpu|cuda",
            Description = "What it is computed on; where there is no such card, the processor, and why is said.",
            DefaultValueFactory = static _ => "auto",
        };
        provider.CompletionSources.Add("auto", "cpu", "cuda");
        return provider;
    }

    private static OnnxProvider ProviderOf(string word) => word switch
    {
        "auto" => OnnxProvider.Auto,
        "cpu" => OnnxProvider.Cpu,
        "cuda" => OnnxProvider.Cuda,
        _ => throw CamfxException.Usage($"'{word}' is nothing a model is computed on; write auto, cpu or cuda."),
    };

    private static int InRange(int value, int most, string option) =>
        value >= 1 && value <= most ? value : throw CamfxException.Usage($"{option} is {value}; it is a whole number from 1 to {most}.");
}
