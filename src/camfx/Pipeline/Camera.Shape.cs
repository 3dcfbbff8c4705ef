using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Sources;

namespace Camfx.Pipeline;

// Name, size and rate: consumers are promised that these do not change, so they wait until nobody watches, and then everything is made anew. And outputs.
internal sealed partial class Camera
{
    private volatile CameraMode? _waitingMode;
    private volatile string? _waitingProblem;

    /// <summary>The mode that is taken when the last consumer leaves, or null.</summary>
    public CameraMode? WaitingMode => _waitingMode;

    /// <summary>Changes size and rate: outputs and queues are made anew, with the queues' next generation.</summary>
    /// <param name="mode">The new one.</param>
    /// <param name="whenIdle">If somebody watches: whether to wait until nobody does, or to refuse.</param>
    /// <exception cref="CamfxException">
    /// Somebody watches (<see cref="CamfxException.IsBusy"/>), or source, effects or outputs cannot work at that size; nothing has changed then.
    /// </exception>
    public void SetMode(CameraMode mode, bool whenIdle)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CameraOptions wanted = _options with { Mode = mode };
            if (!IsWatched || !IsOtherShape(wanted))
            {
                _waitingMode = null;
                _waitingProblem = null;
                Take(wanted);
            }
            else
            {
                _waitingMode = whenIdle ? mode : throw Busy("size and rate");
            }
        }

        // This looks again whether somebody watches: the last one may have left before the note was made.
        Tell();
    }

    /// <summary>Changes the name that users see: all outputs are made anew.</summary>
    /// <exception cref="CamfxException">
    /// Somebody watches (<see cref="CamfxException.IsBusy"/>), or it cannot be the name; nothing has changed then.
    /// </exception>
    public void SetName(string name)
    {
        CameraName.Check(name);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CameraOptions wanted = _options with { Name = name };
            if (IsWatched && IsOtherShape(wanted)) throw Busy("name");
            Take(wanted);
        }

        Tell();
    }

    /// <summary>Changes the ways out: those that stay notice nothing, and who watches through one that goes loses it.</summary>
    /// <exception cref="CamfxException">One of them cannot be; nothing has changed then.</exception>
    public void SetOutputs(ImmutableArray<string> outputs)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CameraOptions wanted = _options with { Outputs = outputs };
            SourceKinds.Refuse(wanted);
            _stage.ChangeOutputs(wanted);
            Note(now => now with { Outputs = outputs });
        }

        Tell();
    }

    private CamfxException Busy(string what) => CamfxException.Busy(
        $"Somebody watches the camera '{_options.Name}', and its {what} cannot change meanwhile; end what watches it, and try again.");

    private bool IsOtherShape(CameraOptions wanted) =>
        wanted.Name != _options.Name || wanted.Mode != _options.Mode;

    /// <summary>Has the mode that waits taken, if nobody watches any more; on a thread that nothing waits for.</summary>
    private void TakeWaitingSoon()
    {
        if (_waitingMode is not null && !IsWatched) _chores.TryPost(TakeWaiting);
    }

    private void TakeWaiting()
    {
        lock (_gate)
        {
            if (_disposed || IsWatched || _waitingMode is not { } mode) return;
            _waitingMode = null;
            try
            {
                Take(_options with { Mode = mode });
                _waitingProblem = null;
            }
            catch (Exception failure)
            {
                _waitingProblem = failure.Message;
            }
        }

        Tell();
    }

    /// <summary>Makes a stage of another name and mode. If it cannot work, one like that before is there again.</summary>
    private void Take(CameraOptions after)
    {
        if (!IsOtherShape(after)) return;
        CameraOptions before = _options;
        SourceKinds.Refuse(after);
        _sources.Create(after.Source, after.Mode).Dispose();
        ImmutableArray<EffectLink> effectsBefore = _effects;
        if (after.Mode != before.Mode) _effects = MakeEffects(after.Effects, [], after.Mode);
        try
        {
            Remake(after);
        }
        catch
        {
            (ImmutableArray<EffectLink> unused, _effects) = (_effects, effectsBefore);
            foreach (IEffect effect in EffectLink.Missing(unused, effectsBefore)) effect.Dispose();
            Remake(before);
            throw;
        }

        foreach (IEffect effect in EffectLink.Missing(effectsBefore, _effects)) effect.Dispose();
    }

    /// <summary>Takes down the stage there is and puts up another.</summary>
    private void Remake(CameraOptions options)
    {
        CameraStage before = _stage;
        before.Dispose();
        CameraStage stage = MakeStage(options, before.Generation + 1, before.Source.Counts);
        _stage = stage;
        if (_started) stage.Start();
        Note(now => now with { Name = options.Name, Mode = options.Mode });
    }
}
