using System.Collections.Immutable;
using System.CommandLine;
using Camfx.Cli.Live;
using Camfx.Configuration;
using Camfx.Sources;

namespace Camfx.Cli;

/// <summary>The options that describe a camera, the same for every verb that makes one.</summary>
internal sealed class CameraOptionSet
{
    private readonly Option<string> _source = new("--source")
    {
        HelpName = "URI",
        Description = $"Where pictures come from: {string.Join(", ", SourceKinds.All.Select(kind => kind.Form))}. 'camfx source list' shows the cameras.",
        DefaultValueFactory = _ => "test:smpte",
        CompletionSources = { context => Suggestions.Sources(context.WordToComplete) },
    };

    private readonly Option<string[]> _effects = new("--effect")
    {
        HelpName = "SPEC",
        Description = "kind[:key=value,key=value]; may be given several times, the order counts. 'camfx effect kinds' lists them.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CompletionSources = { context => Suggestions.EffectSpecs(context.WordToComplete) },
    };

    private readonly Option<string> _name = new("--name")
    {
        HelpName = "NAME",
        Description = "The camera's name, at most 31 bytes.",
        DefaultValueFactory = _ => CameraName.Default,
    };

    private readonly Option<string> _size = new("--size")
    {
        HelpName = "WxH",
        Description = "The camera's size in pixels; sources are scaled and letter-boxed into it.",
        DefaultValueFactory = _ => "1280x720",
    };

    private readonly Option<string> _fps = new("--fps")
    {
        HelpName = "FPS",
        Description = "The camera's frame rate; sources are repeated or dropped to it.",
        DefaultValueFactory = _ => "30",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_source);
        command.Options.Add(_effects);
        command.Options.Add(_name);
        command.Options.Add(_size);
        command.Options.Add(_fps);
    }

    /// <summary>Reads what was typed.</summary>
    /// <exception cref="CamfxException">A size, rate or name that cannot be.</exception>
    public CameraOptions Read(ParseResult parsed, ImmutableArray<string> outputs, IdleMode idle)
    {
        (int width, int height) = CameraMode.ParseSize(parsed.GetValue(_size)!);
        return new CameraOptions(
            CameraName.Check(parsed.GetValue(_name)!),
            parsed.GetValue(_source)!,
            EffectSetting.ParseAll(parsed.GetValue(_effects) ?? []),
            new CameraMode(width, height, FrameRate.Parse(parsed.GetValue(_fps)!)),
            outputs,
            idle);
    }
}
