using Camfx.Pipeline;

namespace Camfx.Cli;

/// <summary>Looks at a camera once a second and says something about it.</summary>
/// <remarks>The timer's thread calls <see cref="Report"/>; calls never overlap.</remarks>
internal abstract class CameraReport : IDisposable
{
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private long _published;

    protected CameraReport(Camera camera)
    {
        Camera = camera;
        _timer = new Timer(_ => Tick(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    protected Camera Camera { get; }

    /// <summary>Says it.</summary>
    /// <param name="published">Frames published since the last call.</param>
    protected abstract void Report(long published);

    public virtual void Dispose()
    {
        using var stopped = new ManualResetEvent(false);
        if (_timer.Dispose(stopped)) stopped.WaitOne();
    }

    private void Tick()
    {
        // A terminal that blocks makes ticks pile up; those are let go.
        if (!_gate.TryEnter()) return;
        try
        {
            long published = Camera.Statistics.Published;
            Report(published - _published);
            _published = published;
        }
        finally
        {
            _gate.Exit();
        }
    }
}
