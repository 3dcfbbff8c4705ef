using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Sources;

namespace Camfx.Pipeline;

// Name, size, rate and outputs. Consumers are promised that these do not change, so they wait until nobody watches, and then everything is made anew.
internal sealed partial class Camera
{
    private volatile CameraOptions? _waiting;
    private volatile string? _waitingProblem;

    /// <summary>The mode that is taken when the last consumer leaves, or null.</summary>
    public CameraMode? WaitingMode => _waiting?.Mode;

    /// <summary>Changes size and rate: outputs and queues are made anew, with the queues' next generation.</summary>
    /// <param name="mode">The new one.</param>
    /// <param name="whenIdle">If somebody watches: whether to wait until nobody does, or to refuse.</param>
    /// <exception cref="CamfxException">
    /// Somebody watches (<see cref="CamfxException.IsBusy"/>), or source, effects or outputs cannot work at that size; nothing has changed then.
    /// </exception>
    public void SetMode(CameraMode mode, bool whenIdle) => Reshape("size and rate", options => options with { Mode = mode }, whenIdle);

    /// <summary>Changes the name that users see; as <see cref="SetMode"/>.</summary>
    /// <exception cref="CamfxException">As <see cref="SetMode"/>, or it cannot be a camera's name.</exception>
    public void SetName(string name, bool whenIdle)
    {
        CameraName.Check(name);
        Reshape("name", options => options with { Name = name }, whenIdle);
    }

    /// <summary>Changes the ways out; as <see cref="SetMode"/>.</summary>
    /// <exception cref="CamfxException">As <see cref="SetMode"/>, or one of them cannot be understood.</exception>
    public void SetOutputs(ImmutableArray<string> outputs, bool whenIdle) =>
        Reshape("outputs", options => options with { Outputs = outputs }, whenIdle);

    private void Reshape(string what, Func<CameraOptions, CameraOptions> change, bool whenIdle)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CameraOptions wanted = change(_waiting ?? _options);
            if (!IsWatched)
            {
                _waiting = null;
                _waitingProblem = null;
                Take(wanted);
            }
            else if (HasShapeOf(wanted))
            {
                _waiting = null;
            }
            else if (whenIdle)
            {
                _waiting = wanted;
            }
            else
            {
                throw CamfxException.Busy(
                    $"Somebody watches the camera '{_options.Name}', and its {what} cannot change before they leave; end what watches, or let the change wait.");
            }
        }

        Tell();
    }

    private bool HasShapeOf(CameraOptions other) =>
        other.Name == _options.Name && other.Mode == _options.Mode && other.Outputs.SequenceEqual(_options.Outputs, StringComparer.Ordinal);

    /// <summary>Has what waits taken, if nobody watches any more; on a thread that nothing waits for.</summary>
    private void TakeWaitingSoon()
    {
        if (_waiting is not null && !IsWatched) _chores.Add(TakeWaiting);
    }

    private void TakeWaiting()
    {
        lock (_gate)
        {
            if (_disposed || IsWatched || _waiting is not { } waiting) return;
            _waiting = null;
            try
            {
                Take(waiting);
                _waitingProblem = null;
            }
            catch (Exception failure)
            {
                _waitingProblem = failure.Message;
            }
        }

        Tell();
    }

    /// <summary>Makes a stage of another name, mode and outputs. If it cannot work, one like that before is there again.</summary>
    private void Take(CameraOptions shape)
    {
        if (HasShapeOf(shape)) return;
        CameraOptions before = _options, after = before with { Name = shape.Name, Mode = shape.Mode, Outputs = shape.Outputs };
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
        Note(now => now with { Name = options.Name, Mode = options.Mode, Outputs = options.Outputs });
    }
}
