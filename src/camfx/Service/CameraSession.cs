using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Pipeline;
using Camfx.Service.State;
using Camfx.Sinks;

namespace Camfx.Service;

/// <summary>
/// One camera of the service: what it is to be, and the camera that is so. Changes are made one after the other, away from whoever asks, and are
/// answered when they are saved.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class CameraSession : IDisposable
{
    /// <summary>Changes that may wait.</summary>
    public const int MostWaiting = 64;

    private readonly SerialWork _work = new(MostWaiting);
    private readonly CameraTable _table;
    private volatile CameraRecord _record;
    private volatile Camera? _camera;
    private volatile string? _failure;
    private volatile string? _suspended;
    private ImmutableDictionary<EffectSetting, string> _unmade = ImmutableDictionary<EffectSetting, string>.Empty;
    private int _renaming;

    /// <summary>Makes it; nothing runs before <see cref="Start"/>.</summary>
    public CameraSession(CameraTable table, CameraRecord record)
    {
        _table = table;
        _record = record;
    }

    /// <summary>Anything that the bus shows of it may be another. Raised on whatever thread; handlers are short.</summary>
    public event Action? Changed;

    public string Id => _record.Id;

    /// <summary>What it is to be.</summary>
    public CameraRecord Record => _record;

    /// <summary>The camera that runs; null when it could not be made.</summary>
    public Camera? Camera => _camera;

    /// <summary>Why there is no camera; null when there is one.</summary>
    public string? Failure => _failure;

    public ImmutableArray<IOutput> Outputs => _camera?.Outputs ?? [];

    /// <summary>Why an effect does not run although it is to, one sentence, or null.</summary>
    public string? ProblemOf(EffectSetting effect) => effect.Enabled ? _unmade.GetValueOrDefault(effect) ?? _camera?.ProblemOf(effect.Id) : null;

    /// <summary>Makes the camera and lets it run. A source that nobody has named, and is not there yet, is waited for.</summary>
    /// <exception cref="CamfxException">It cannot be made.</exception>
    public void Start() => Make(_record, probes: _record.Source != CameraRecord.Default.Source);

    /// <summary>As <see cref="Start"/>, for a camera that was saved: one that cannot be made now is kept, says why, and is tried again at its next change.</summary>
    public void Restore()
    {
        try
        {
            _unmade = FindUnmade();
            Make(_record, probes: false);
        }
        catch (Exception failure)
        {
            _failure = failure.Message;
            ServiceLog.Warning($"The camera '{_record.Name}' cannot work: {failure.Message}", _record.Id);
        }
    }

    /// <summary>Changes the camera.</summary>
    /// <param name="change">Makes the next record of the one before; throws what refuses it.</param>
    /// <param name="done">Called once on whatever thread: made and saved, or what went wrong. Refused, nothing has changed.</param>
    public void Change(Func<CameraRecord, CameraRecord> change, Action<Exception?> done)
    {
        if (!_work.TryPost(() => Apply(change, done))) done(ServiceErrors.TooManyCalls(Id));
    }

    /// <summary>Closes the source until <see cref="Resume"/>, whoever watches.</summary>
    /// <param name="reason">One sentence for the card.</param>
    public void Suspend(string reason)
    {
        _suspended = reason;
        _camera?.Suspend(reason);
    }

    /// <summary>Ends <see cref="Suspend"/>.</summary>
    public void Resume()
    {
        _suspended = null;
        _camera?.Resume();
    }

    public void Dispose()
    {
        _work.Dispose();
        if (_camera is not { } camera) return;
        camera.Changed -= CameraChanged;
        EndQueues();
        camera.Dispose();
    }

    private void Apply(Func<CameraRecord, CameraRecord> change, Action<Exception?> done)
    {
        try
        {
            CameraRecord before = _record, after = change(before);
            if (_camera is null) Make(after, probes: true);
            else Change(_camera, before, after);
            _record = after;
        }
        catch (Exception failure)
        {
            done(failure);
            return;
        }

        // A new name may have its moment now.
        Rename();
        Changed?.Invoke();
        _table.Save(done);
    }

    /// <summary>Brings a running camera from one record to the next.</summary>
    private void Change(Camera camera, CameraRecord before, CameraRecord after)
    {
        if (after.Source != before.Source) camera.SetSource(after.Source);
        if (!after.Effects.SequenceEqual(before.Effects)) camera.SetEffects(Runnable(after));
        if (after.Mode != before.Mode || after.Mode != camera.Options.Mode) camera.SetMode(after.Mode, after.ModeMayWait);
        if (after.Idle != before.Idle) camera.Idle = after.Idle;
        if (after.Enabled != before.Enabled) camera.Enabled = after.Enabled;
        if (!after.Outputs.SequenceEqual(before.Outputs, StringComparer.Ordinal)) camera.SetOutputs(after.Outputs);
    }

    private void Make(CameraRecord record, bool probes)
    {
        Camera camera = new(OptionsOf(record), probes: probes);
        try
        {
            if (_suspended is { } reason) camera.Suspend(reason);
            camera.Changed += CameraChanged;
            camera.Start();
        }
        catch
        {
            camera.Dispose();
            throw;
        }

        _camera = camera;
        _failure = null;
    }

    private void CameraChanged()
    {
        Changed?.Invoke();
        if (_camera is not { IsWatched: false } camera || camera.Options.Name == _record.Name || Interlocked.Exchange(ref _renaming, 1) != 0) return;
        if (!_work.TryPost(Rename)) Volatile.Write(ref _renaming, 0);
    }

    /// <summary>Gives outputs the camera's new name, when nobody watches.</summary>
    private void Rename()
    {
        Volatile.Write(ref _renaming, 0);
        CameraRecord record = _record;
        if (_camera is not { IsWatched: false } camera || record.Name == camera.Options.Name) return;
        try
        {
            camera.SetName(record.Name);
        }
        catch (CamfxException failure)
        {
            // Somebody came at this moment, or another program has the name: tried again when nobody watches again.
            if (!failure.IsBusy) ServiceLog.Warning($"The camera '{camera.Options.Name}' cannot be called '{record.Name}' yet: {failure.Message}", record.Id);
        }
    }

    /// <summary>
    /// The chain without those effects that could not be made when the camera was restored, and are as they were. Where one is to hide the room, another
    /// does that.
    /// </summary>
    private ImmutableArray<EffectSetting> Runnable(CameraRecord record) =>
    [
        .. record.Effects.Select(effect => !_unmade.ContainsKey(effect) ? effect : EffectKinds.Find(effect.Kind) is { HidesBackground: true } ? Hiding(effect) : null)
            .OfType<EffectSetting>(),
    ];

    private static EffectSetting Hiding(EffectSetting unmade) => unmade with { Kind = "blur", Parameters = EffectSetting.NoParameters.Add("strength", "100") };

    /// <summary>Finds the saved effects that cannot be made now: a file may have gone. They are kept, and the camera runs without them.</summary>
    private ImmutableDictionary<EffectSetting, string> FindUnmade()
    {
        var unmade = ImmutableDictionary.CreateBuilder<EffectSetting, string>();
        foreach (EffectSetting effect in _record.Effects)
        {
            try
            {
                EffectKinds.Create(effect, _record.Mode).Dispose();
            }
            catch (Exception failure)
            {
                unmade[effect] = $"The effect '{effect.Kind}' could not be made: {failure.Message}";
            }
        }

        return unmade.ToImmutable();
    }

    private CameraOptions OptionsOf(CameraRecord record) =>
        new(record.Name, record.Source, Runnable(record), record.Mode, record.Outputs, record.Idle) { Id = record.Id, Enabled = record.Enabled };
}
