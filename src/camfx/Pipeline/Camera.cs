using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Effects.Plugin;
using Camfx.Sinks;
using Camfx.Sources;
using Camfx.Sources.Queue;

namespace Camfx.Pipeline;

/// <summary>
/// A virtual camera: source → effects → queues → outputs. It owns all of them; its threads start with <see cref="Start"/> and end with
/// <see cref="Dispose"/>.
/// </summary>
internal sealed class Camera : IDisposable
{
    private readonly Alarm _alarm = new();
    private readonly FormatQueues _queues;
    private readonly CameraSource _source;
    private readonly EffectChain _effects;
    private readonly Placeholder _placeholder;
    private readonly Renderer _renderer;
    private readonly RenderThread _render;
    private readonly Demand _demand;
    private readonly ImmutableArray<IOutput> _outputs;

    /// <summary>Puts the camera together and looks whether its source can work. No thread runs yet.</summary>
    /// <exception cref="CamfxException">The source, an effect or an output cannot be understood.</exception>
    public Camera(CameraOptions options)
    {
        Options = options;
        CameraMode mode = options.Mode;
        QueueSource.RefuseOwnQueue(options);
        using (ISource source = SourceKinds.Create(options.Source, mode)) source.Probe();
        _effects = new EffectChain([.. options.Effects.Select(spec => EffectKinds.Create(spec, mode))], mode.Width, mode.Height);
        _queues = new FormatQueues(options.Name, mode);
        _demand = new Demand(options.Always, _alarm.Ring);
        _source = new CameraSource(options.Source, () => SourceKinds.Create(options.Source, mode), SourceArrived);
        _placeholder = new Placeholder(options.Name, mode);
        _renderer = new Renderer(mode, _source, _effects, _placeholder, _queues);
        _outputs = OutputKinds.Create(options, _queues, _demand);
        _render = new RenderThread(mode, _source, _renderer, _demand, _alarm, FramePublished, () => Changed?.Invoke());
        foreach (IOutput output in _outputs) output.Changed += () => Changed?.Invoke();
        foreach (PluginEffect plugin in _effects.Plugins) plugin.Changed += () => Changed?.Invoke();
    }

    /// <summary>State, reason, outputs or consumers are others than before. Raised on whatever thread; handlers are short.</summary>
    public event Action? Changed;

    public CameraOptions Options { get; }

    public CameraState State => _render.State;

    /// <summary>Why there is no picture, or null.</summary>
    public string? Failure => _source.Failure;

    public RenderStatistics Statistics => _render.Statistics;

    /// <summary>Pictures of the source nobody saw.</summary>
    public long Dropped => _source.Dropped;

    /// <summary>Pictures of the source that came damaged and were left out.</summary>
    public long Corrupted => _source.Corrupted;

    /// <summary>Bytes of the source's pixels copied or converted into the camera's frames.</summary>
    public long CopiedBytes => _source.CopiedBytes;

    /// <summary>Times the source was opened.</summary>
    public long SourceOpened => _source.Opened;

    public ImmutableArray<IOutput> Outputs => _outputs;

    /// <summary>What each plug-in does and costs now.</summary>
    public IEnumerable<PluginStatistics> Plugins => _effects.Plugins.Select(plugin => plugin.Statistics);

    /// <summary>What is wrong now, one sentence each: the source's failure, what keeps consumers from an output, and plug-ins that fail.</summary>
    public IEnumerable<string> Problems
    {
        get
        {
            if (Failure is { } failure) yield return failure;
            foreach (IOutput output in _outputs)
                if (output.Problem is { } problem) yield return problem;
            foreach (PluginEffect plugin in _effects.Plugins)
                if (plugin.Problem is { } problem) yield return problem;
        }
    }

    /// <summary>Everybody who watches, through whatever output.</summary>
    public IEnumerable<Consumer> Consumers => _outputs.SelectMany(output => output.Consumers);

    /// <summary>Opens the outputs and starts to render when somebody watches.</summary>
    /// <exception cref="CamfxException">An output can never work here.</exception>
    public void Start()
    {
        foreach (IOutput output in _outputs) output.Start();
        _render.Start();
    }

    public void Dispose()
    {
        _render.Dispose();
        foreach (IOutput output in _outputs) output.Dispose();
        _source.Dispose();
        _renderer.Dispose();
        _placeholder.Dispose();
        _effects.Dispose();
        _queues.Dispose();
        _alarm.Dispose();
    }

    /// <summary>The first picture is shown at once, and so is the card that says why there is none; all others wait for their tick.</summary>
    private void SourceArrived()
    {
        if (_render.State == CameraState.Starting || _source.IsInTrouble) _render.Hurry();
    }

    private void FramePublished()
    {
        foreach (IOutput output in _outputs) output.FramePublished();
    }
}
