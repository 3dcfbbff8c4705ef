using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Pipeline;

// What can be changed while somebody watches. Consumers notice nothing but the picture: queues, node and device stay.
internal sealed partial class Camera
{
    /// <summary>How long a source may take to its first picture, for who wants one.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The effects as they are written down, in their order.</summary>
    public ImmutableArray<EffectSetting> Effects => _options.Effects;

    /// <summary>Whether the camera may show its source. False: it is closed at once, and whoever watches sees the card that says so.</summary>
    public bool Enabled
    {
        get => _permission.Enabled;
        set
        {
            // Not behind another change: this one is to be quick.
            Note(options => options with { Enabled = value });
            _permission.Enabled = value;
        }
    }

    /// <summary>When the source is open.</summary>
    public IdleMode Idle
    {
        get => _permission.Idle;
        set
        {
            Note(options => options with { Idle = value });
            _permission.Idle = value;
        }
    }

    /// <summary>Why the source is closed for a while, or null.</summary>
    public string? Suspended => _permission.Suspended;

    /// <summary>Closes the source at once, for a while: the screen is locked, the machine goes to sleep. Nothing of it is kept.</summary>
    /// <param name="reason">What the card says meanwhile, one sentence.</param>
    public void Suspend(string reason) => _permission.Suspended = reason;

    /// <summary>The source may be open again.</summary>
    public void Resume() => _permission.Suspended = null;

    /// <summary>
    /// Shows another source. The picture stays until the new source has its first, or is half a second late with it; then the old one is closed.
    /// </summary>
    /// <exception cref="CamfxException">It cannot be understood or cannot work; nothing has changed then.</exception>
    public void SetSource(string uri)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CameraOptions options = _options with { Source = uri };
            Probe(options);
            Note(now => now with { Source = uri });
            _stage.Replace(SourceMaker(options));
        }

        Tell();
    }

    /// <summary>
    /// Changes the whole chain of effects at one frame. An effect whose id, kind and parameters stay is not made anew; one that is not enabled is kept,
    /// and not run.
    /// </summary>
    /// <exception cref="CamfxException">One of them cannot be made, or two have the same id; nothing has changed then.</exception>
    public void SetEffects(ImmutableArray<EffectSetting> chain)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ImmutableArray<EffectLink> before = _effects, made = MakeEffects(chain, before, _options.Mode);
            _effects = made;
            Note(options => options with { Effects = chain });
            _stage.Replace(made, () =>
            {
                foreach (IEffect effect in EffectLink.Missing(before, made)) Close(effect);
            });
        }

        Tell();
    }

    /// <summary>What an effect costs the render thread, a running mean over some sixteen frames, in ms; 0 for one that is not run or not there.</summary>
    public double CostMs(string id)
    {
        foreach (EffectLink link in _effects)
            if (link.Setting.Id == id) return link is { Setting.Enabled: true, Fault.Sentence: null } ? link.Cost.Milliseconds : 0;
        return 0;
    }

    /// <summary>Why an effect does not run although it is to, one sentence; null: it runs, is not to, or is not there.</summary>
    public string? ProblemOf(string id) => _effects.FirstOrDefault(link => link.Setting.Id == id) is { } link ? ProblemOf(link) : null;

    /// <summary>
    /// A picture of what the camera shows now, as I420. A camera that nobody watches opens its source for it and closes it again. Whoever gets the
    /// picture disposes it.
    /// </summary>
    /// <exception cref="CamfxException">There is none, and why.</exception>
    public async Task<FrameBuffer> TakePictureAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CameraStage stage = _stage;
        PictureRequest request = stage.Ask();
        stage.Demand.Add();
        try
        {
            return await request.Picture.WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It may have come at the last moment: then this says nothing.
            request.Refuse($"The source {_options.Source} gave no picture within {s_patience.TotalSeconds} s; try again.");
            return await request.Picture.ConfigureAwait(false);
        }
        finally
        {
            stage.Demand.Remove(lingers: false);
        }
    }
}
