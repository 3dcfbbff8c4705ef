using System.Collections.Immutable;
using Camfx.Configuration;

namespace Camfx.Pipeline;

// Size and rate. Consumers are promised that these do not change, so they wait until nobody watches, and then everything is made anew.
internal sealed partial class Camera
{
    private volatile CameraMode? _waitingMode;
    private volatile string? _modeProblem;

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
            if (!IsWatched)
            {
                _waitingMode = null;
                _modeProblem = null;
                TakeMode(mode);
            }
            else if (mode == _options.Mode)
            {
                _waitingMode = null;
            }
            else if (whenIdle)
            {
                _waitingMode = mode;
            }
            else
            {
                throw CamfxException.Busy(
                    $"Somebody watches the camera '{_options.Name}', and its size and rate stay for as long; close what watches, or say that it has time until then.");
            }
        }

        Tell();
    }

    /// <summary>Takes the mode that waits, if nobody watches any more; on a thread that nothing waits for.</summary>
    private void ModeMayWait()
    {
        if (_waitingMode is not null && !IsWatched) _chores.Add(TakeWaitingMode);
    }

    private void TakeWaitingMode()
    {
        lock (_gate)
        {
            if (_disposed || IsWatched || _waitingMode is not { } mode) return;
            _waitingMode = null;
            try
            {
                TakeMode(mode);
                _modeProblem = null;
            }
            catch (CamfxException failure)
            {
                _modeProblem = failure.Message;
            }
        }

        Tell();
    }

    /// <summary>Makes a stage of another mode. If it cannot work, one like that before is there again.</summary>
    private void TakeMode(CameraMode mode)
    {
        if (mode == _options.Mode) return;
        CameraOptions before = _options, after = before with { Mode = mode };
        ImmutableArray<EffectLink> effectsBefore = _effects;
        _sources.Create(after.Source, mode).Dispose();
        _effects = MakeEffects(after.Effects, [], mode);
        try
        {
            Remake(after);
        }
        catch
        {
            ImmutableArray<EffectLink> unused = _effects;
            _effects = effectsBefore;
            foreach (EffectLink link in unused) link.Effect.Dispose();
            Remake(before);
            throw;
        }

        foreach (EffectLink link in effectsBefore) link.Effect.Dispose();
    }

    /// <summary>Takes down the stage there is and puts up another.</summary>
    private void Remake(CameraOptions options)
    {
        CameraStage before = _stage;
        before.Dispose();
        CameraStage stage = MakeStage(options, before.Generation + 1, before.Source.Counts);
        _stage = stage;
        Note(now => now with { Mode = options.Mode });
        if (_started) stage.Start();
    }
}
