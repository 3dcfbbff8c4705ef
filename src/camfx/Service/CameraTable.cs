using System.Collections.Immutable;
using Camfx.DBus;
using Camfx.Pipeline;
using Camfx.Service.State;

namespace Camfx.Service;

/// <summary>All cameras of the service: made, removed, saved and restored.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CameraTable : IDisposable
{
    /// <summary>Cameras there may be.</summary>
    public const int MostCameras = 16;

    private readonly Lock _gate = new();
    private readonly SerialWork _work = new(MostCameras * 2);
    private readonly StateSaver _saver;
    private ImmutableArray<CameraSession> _all = [];
    private volatile string? _suspended;

    /// <summary>Restores what was saved; the cameras do not run yet.</summary>
    public CameraTable(StateFile file)
    {
        ServiceState state = file.Read(out string? complaint);
        if (complaint is not null) ServiceLog.Warning(complaint);
        _all = [.. state.Cameras.Select(record => new CameraSession(this, record))];
        _saver = new StateSaver(file);
    }

    /// <summary>There are other cameras than before. Raised on whatever thread.</summary>
    public event Action? Changed;

    public ImmutableArray<CameraSession> All => _all;

    /// <summary>Lets all cameras run.</summary>
    public void Start()
    {
        foreach (CameraSession session in _all) session.Restore();
    }

    /// <summary>Makes a camera.</summary>
    /// <param name="record">What it is to be; its id is made of its name.</param>
    /// <param name="done">Called once on whatever thread with what went wrong, or null.</param>
    public void Create(CameraRecord record, Action<Exception?> done)
    {
        if (!_work.TryPost(() => CreateNow(record, done))) done(BusException.LimitReached("Many cameras are being made already; wait for their answers."));
    }

    /// <summary>Removes a camera.</summary>
    /// <param name="session">Which.</param>
    /// <param name="done">Called once on whatever thread with what went wrong, or null.</param>
    public void Remove(CameraSession session, Action<Exception?> done)
    {
        if (!_work.TryPost(() => RemoveNow(session, done))) done(BusException.LimitReached("Many cameras are being removed already; wait for their answers."));
    }

    /// <summary>Refuses a name that another camera has.</summary>
    /// <exception cref="BusException">Busy.</exception>
    public void CheckName(string name, CameraSession? own)
    {
        foreach (CameraSession other in _all)
            if (other != own && other.Record.Name == name) throw BusException.Busy($"There is a camera '{name}' already.");
    }

    /// <summary>Saves everything as it is now.</summary>
    /// <param name="done">Called once on whatever thread with what went wrong, or null.</param>
    public void Save(Action<Exception?> done)
    {
        // Looked at and handed over in one go: of two changes the later look is the later state.
        lock (_gate) _saver.Save(new ServiceState([.. _all.Select(static session => session.Record)]), done);
    }

    /// <summary>Closes all sources until <see cref="Resume"/>.</summary>
    public void Suspend(string reason)
    {
        _suspended = reason;
        foreach (CameraSession session in _all) session.Suspend(reason);
    }

    public void Resume()
    {
        _suspended = null;
        foreach (CameraSession session in _all) session.Resume();
    }

    public void Dispose()
    {
        _work.Dispose();
        foreach (CameraSession session in _all) session.Dispose();
        _saver.Dispose();
    }

    private void CreateNow(CameraRecord record, Action<Exception?> done)
    {
        CameraSession? session = null;
        try
        {
            CheckName(record.Name, own: null);
            if (_all.Length >= MostCameras) throw BusException.LimitReached($"There are {MostCameras} cameras already; remove one.");
            if (_all.Any(other => other.Id == record.Id)) throw BusException.Busy($"A camera that was called '{record.Name}' has the id '{record.Id}'; take another name.");
            session = new CameraSession(this, record);
            session.Start();
            if (_suspended is { } reason) session.Suspend(reason);
        }
        catch (Exception failure)
        {
            session?.Dispose();
            done(failure);
            return;
        }

        lock (_gate) _all = _all.Add(session);
        Changed?.Invoke();
        Save(done);
    }

    private void RemoveNow(CameraSession session, Action<Exception?> done)
    {
        lock (_gate)
        {
            if (!_all.Contains(session))
            {
                done(BusException.NotFound($"The camera '{session.Id}' is gone already."));
                return;
            }

            _all = _all.Remove(session);
        }

        Changed?.Invoke();
        session.Dispose();
        Save(done);
    }
}
