using System.Collections.Immutable;
using Camfx.Analysis.Plates;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Posix;
using Camfx.Sinks;
using Camfx.Sources;

namespace Camfx.Pipeline;

/// <summary>
/// A virtual camera: source → effects → queues → outputs. It owns all of them; its threads start with <see cref="Start"/> and end with
/// <see cref="Dispose"/>.
/// </summary>
/// <remarks>
/// Thread-safe, but one thread starts and disposes it. A change waits for another change, and for what it opens to see whether it works, never for
/// a frame; it is in the picture with the next one.
/// </remarks>
internal sealed partial class Camera : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SourcePool _sources;
    private readonly PlateStore _plates;
    private readonly RenderStatistics _statistics = new();
    private readonly SourcePermission _permission;

    // What is done away from the frames and from whoever asked: closing what is not shown any more.
    private readonly SerialWork _chores = new(int.MaxValue);
    private volatile CameraOptions _options;
    private volatile CameraStage _stage;

    // Replaced with the gate held, read without.
    private ImmutableArray<EffectLink> _effects = [];
    private bool _started;
    private bool _disposed;

    /// <summary>Puts the camera together and looks whether its source can work. Nothing is opened yet.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="sources">Where its sources come from; null: where all cameras of the process have them from.</param>
    /// <param name="probes">False: a source that cannot work is no reason not to make the camera; the card says why.</param>
    /// <param name="plates">Where its pictures of the empty scene are kept; null: where the user's are.</param>
    /// <exception cref="CamfxException">The source, an effect or an output cannot be understood.</exception>
    public Camera(CameraOptions options, SourcePool? sources = null, bool probes = true, PlateStore? plates = null)
    {
        _options = options;
        _sources = sources ?? SourcePool.OfProcess;
        _plates = plates ?? PlateStore.OfUser(options.Id);
        _permission = new SourcePermission(options.Idle, options.Enabled, PermissionChanged);
        try
        {
            if (probes) Probe(options);
            else SourceKinds.Refuse(options);
            _effects = MakeEffects(options.Effects, [], options.Mode);
            _stage = MakeStage(options, generation: 1, counted: default);
        }
        catch
        {
            foreach (EffectLink link in _effects) link.Effect.Dispose();
            _chores.Dispose();
            throw;
        }
    }

    /// <summary>State, reason, outputs, consumers or what the camera is are others than before. Raised on whatever thread; handlers are short.</summary>
    public event Action? Changed;

    /// <summary>What the camera is now.</summary>
    public CameraOptions Options => _options;

    public CameraState State => _stage.Render.State;

    /// <summary>Why there is no picture, or why it is another one than it should be, one sentence; null: it is as it should be.</summary>
    public string? StateReason => _stage.Render.Reason ?? _effects.Select(link => link.Fault.Sentence).FirstOrDefault(sentence => sentence is not null);

    /// <summary>Whether somebody watches now.</summary>
    public bool IsWatched => _stage.Demand.IsWatched;

    public RenderStatistics Statistics => _statistics;

    /// <summary>What is counted about its sources.</summary>
    public SourceCounts SourceCounts => _stage.Source.Counts;

    public ImmutableArray<IOutput> Outputs => _stage.Outputs;

    /// <summary>Its effects in their order, those too that are not run.</summary>
    public IEnumerable<IEffect> EffectInstances => _effects.Select(link => link.Effect);

    /// <summary>What is wrong now, one sentence each: the source's failure, what keeps consumers from an output, and effects that fail.</summary>
    public IEnumerable<string> Problems
    {
        get
        {
            CameraStage stage = _stage;
            if (stage.Render.Reason is { } reason && _permission.Refusal is null) yield return reason;
            if (_waitingProblem is { } problem) yield return problem;
            foreach (IOutput output in stage.Outputs)
                if (output.Problem is { } refused) yield return refused;
            foreach (EffectLink link in _effects)
                if (ProblemOf(link) is { } failed) yield return failed;
        }
    }

    /// <summary>Everybody who watches, through whatever output.</summary>
    public IEnumerable<Consumer> Consumers => _stage.Outputs.SelectMany(output => output.Consumers);

    /// <summary>
    /// When the render thread last went round, CLOCK_MONOTONIC in ns; <see cref="RenderThread.Resting"/> while it has nothing to do. One that is older
    /// than some frames means that the thread hangs.
    /// </summary>
    public long LastTick => _stage.Render.LastTurn;

    /// <summary>Opens the outputs and starts to render when somebody watches.</summary>
    /// <exception cref="CamfxException">An output can never work here.</exception>
    public void Start()
    {
        lock (_gate)
        {
            _stage.Start();
            _started = true;
        }
    }

    /// <summary>The camera in numbers.</summary>
    public CameraFigures Figures()
    {
        SourceCounts source = SourceCounts;
        (double pictures, double frames) = _statistics.Rates.At(MonotonicClock.Now);
        return new CameraFigures(
            _statistics.Pictures + source.Dropped, _statistics.Published, pictures, frames, source.Dropped, source.Corrupted, _statistics.Missed,
            source.CopiedBytes, _statistics.Latency.Quantile(0.5), _statistics.Latency.Quantile(0.99), source.Opened,
            source.Failures + _statistics.Unpublished + _statistics.Faults);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        // From here on nobody makes another stage.
        _stage.Dispose();
        foreach (EffectLink link in _effects) link.Effect.Dispose();
        _chores.Dispose();
    }

    private CameraStage MakeStage(CameraOptions options, ulong generation, SourceCounts counted) => new(
        options, generation, SourceMaker(options), counted, _effects, _plates, _permission, _statistics, Close, Tell);

    /// <summary>Makes the life of the options' source, for one stage.</summary>
    private Func<Action, CameraSource> SourceMaker(CameraOptions options) =>
        arrived => new CameraSource(options.Source, () => _sources.Create(options.Source, options.Mode), arrived);

    private ImmutableArray<EffectLink> MakeEffects(ImmutableArray<EffectSetting> wanted, ImmutableArray<EffectLink> present, CameraMode mode)
    {
        ImmutableArray<EffectLink> made = EffectLink.MakeChain(wanted, present, mode);
        foreach (IEffect effect in EffectLink.Missing(made, present))
            if (effect is IProgramEffect program) program.Changed += Tell;
        return made;
    }

    private string? ProblemOf(EffectLink link) => ChainOrder.ProblemOf(_effects, link, _stage.Segmentation);

    /// <summary>Looks whether a camera with these options could show its source.</summary>
    private void Probe(CameraOptions options)
    {
        SourceKinds.Refuse(options);
        using ISource source = _sources.Create(options.Source, options.Mode);
        source.Probe();
    }

    /// <summary>Writes down what the camera is now.</summary>
    private void Note(Func<CameraOptions, CameraOptions> change)
    {
        CameraOptions before, after;
        do
        {
            before = _options;
            after = change(before);
        }
        while (Interlocked.CompareExchange(ref _options, after, before) != before);
    }

    private void Close(IDisposable unused) => _chores.TryPost(() =>
    {
        try
        {
            unused.Dispose();
        }
        catch (Exception)
        {
            // What fails in its very end takes nobody with it.
            _statistics.FaultCame();
        }
    });

    private void PermissionChanged()
    {
        _stage.PermissionChanged();
        Tell();
    }

    private void Tell()
    {
        TakeWaitingSoon();
        Changed?.Invoke();
    }
}
