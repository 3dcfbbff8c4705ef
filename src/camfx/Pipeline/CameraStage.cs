using System.Collections.Immutable;
using Camfx.Analysis;
using Camfx.Analysis.Segmentation;
using Camfx.Configuration;
using Camfx.Sinks;

namespace Camfx.Pipeline;

/// <summary>
/// All of a camera that is made for one size and rate: its source, its renderer, its queues and its outputs. Another mode is another stage.
/// </summary>
/// <remarks>Thread-safe, but only one thread starts and disposes it.</remarks>
internal sealed class CameraStage : IDisposable
{
    private readonly Alarm _alarm = new();
    private readonly FormatQueues _queues;
    private readonly Placeholder _placeholder;
    private readonly Renderer _renderer;
    private readonly EffectChain _effects;
    private readonly CameraOutputs _outputs;
    private bool _started;
    private bool _disposed;

    /// <summary>Puts it together. No thread runs yet.</summary>
    /// <param name="options">The camera's.</param>
    /// <param name="generation">Of its queues.</param>
    /// <param name="createSource">Makes the life of a source; gets what the source calls when it has something new.</param>
    /// <param name="counted">What was counted about sources before.</param>
    /// <param name="effects">Made for this mode; they stay the caller's.</param>
    /// <param name="segmenters">Find out who is in front, for the effects that ask.</param>
    /// <param name="permission">The camera's.</param>
    /// <param name="statistics">The camera's.</param>
    /// <param name="close">Closes something away from the frames.</param>
    /// <param name="changed">Called when state, outputs or consumers are others.</param>
    /// <exception cref="CamfxException">An output cannot be understood.</exception>
    public CameraStage(
        CameraOptions options, ulong generation, Func<Action, CameraSource> createSource, SourceCounts counted, ImmutableArray<EffectLink> effects,
        ISegmenters segmenters, SourcePermission permission, RenderStatistics statistics, Action<IDisposable> close, Action changed)
    {
        CameraMode mode = options.Mode;
        Demand = new Demand(() =>
        {
            _alarm.Ring();
            changed();
        });
        _queues = new FormatQueues(options.Name, mode, generation);
        _outputs = new CameraOutputs(_queues, Demand, changed);
        _ = _outputs.Become(options, start: false);
        _placeholder = new Placeholder(options.Name, mode);
        Segmentation = new SegmentationStage(mode.Width, mode.Height, segmenters, changed);
        _effects = new EffectChain(effects, mode.Width, mode.Height, () =>
        {
            statistics.FaultCame();
            changed();
        }, Segmentation);
        Source = new SourceSwitch(createSource(SourceArrived), counted, close);
        _renderer = new Renderer(mode, Source, _effects, _placeholder, _queues, statistics);
        Render = new RenderThread(mode, Source, _renderer, Demand, permission, _alarm, statistics, FramePublished, changed);
        Generation = generation;
    }

    public ulong Generation { get; }

    public Demand Demand { get; }

    public FormatQueues Queues => _queues;

    public SourceSwitch Source { get; }

    public RenderThread Render { get; }

    /// <summary>Who is in front.</summary>
    public SegmentationStage Segmentation { get; }

    /// <summary>Those that the machine has.</summary>
    public ImmutableArray<IOutput> Outputs => [.. _outputs.All.Where(static output => output.IsHere)];

    /// <summary>Opens the outputs and starts to render when somebody watches.</summary>
    /// <exception cref="CamfxException">An output can never work here.</exception>
    public void Start()
    {
        foreach (IOutput output in _outputs.All) output.Start();
        Render.Start();
        _started = true;
    }

    /// <summary>Has the options' outputs; those that stay notice nothing. Who watches through one that goes loses it.</summary>
    /// <exception cref="CamfxException">One of them cannot be; nothing has changed then.</exception>
    public void ChangeOutputs(CameraOptions options)
    {
        ImmutableArray<IOutput> gone = _outputs.Become(options, _started);
        if (gone.IsEmpty) return;
        if (_started)
        {
            // The render thread may be telling it of a frame just now.
            using var left = new ManualResetEventSlim();
            Render.Post(left.Set);
            left.Wait();
        }

        foreach (IOutput output in gone) output.Dispose();
    }

    /// <summary>What <see cref="SourceSwitch.Replace"/> needs for another source.</summary>
    public void Replace(Func<Action, CameraSource> createSource) => Render.Post(() => Source.Replace(createSource(SourceArrived)));

    /// <summary>From the next frame on, these are the effects; <paramref name="done"/> is called when the ones before are not used any more.</summary>
    public void Replace(ImmutableArray<EffectLink> effects, Action done) => Render.Post(() =>
    {
        _effects.Replace(effects);
        done();
    });

    /// <summary>Asks for a picture of what is shown.</summary>
    public PictureRequest Ask()
    {
        var request = new PictureRequest();
        Render.Post(() => _renderer.Add(request));
        return request;
    }

    /// <summary>What may be open now may be another thing.</summary>
    public void PermissionChanged() => _alarm.Ring();

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Render.Dispose();
        _outputs.Dispose();
        Source.Dispose();
        _renderer.Dispose();
        _placeholder.Dispose();
        _effects.Dispose();
        Segmentation.Dispose();
        _queues.Dispose();
    }

    /// <summary>The first picture is shown at once, and so is the card that says why there is none; all others wait for their tick.</summary>
    private void SourceArrived()
    {
        if (Render.State == CameraState.Starting || Source.IsInTrouble) Render.Hurry();
    }

    private void FramePublished()
    {
        foreach (IOutput output in _outputs.All) output.FramePublished();
    }
}
