using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Cli;

/// <summary>
/// Looks at a camera and says something about it: when something has changed, and once a second while there is something to count. A camera
/// that nobody watches is left asleep.
/// </summary>
/// <remarks><see cref="Report"/> is called on a thread of its own. The makers call <see cref="Start"/>.</remarks>
internal abstract class CameraReport : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly Alarm _alarm = new();
    private readonly Thread _thread;
    private volatile bool _stop;
    private string _told = "";

    protected CameraReport(Camera camera)
    {
        Camera = camera;
        _thread = new Thread(Run) { Name = "camfx report", IsBackground = true };
    }

    protected Camera Camera { get; }

    /// <summary>Whether there is something to count now, once a second.</summary>
    protected abstract bool Counts { get; }

    /// <summary>Whether a change is a reason to report before the second is over.</summary>
    protected virtual bool FollowsChanges => true;

    /// <summary>Whether problems go to stderr, one sentence each time they change.</summary>
    protected virtual bool TellsProblems => true;

    /// <summary>Says it.</summary>
    /// <param name="published">Frames published in the last whole second.</param>
    protected abstract void Report(long published);

    public void Start()
    {
        Camera.Changed += _alarm.Ring;
        _thread.Start();
    }

    public virtual void Dispose()
    {
        Camera.Changed -= _alarm.Ring;
        _stop = true;
        _alarm.Ring();
        _thread.Join();
    }

    private void TellProblems()
    {
        string problems = string.Join('\n', Camera.Problems.Select(problem => $"camfx: {problem}"));
        if (problems.Length > 0 && problems != _told) Console.Error.WriteLine(problems);
        _told = problems;
    }

    private void Run()
    {
        long begin = MonotonicClock.Now, counted = 0, fps = 0;
        while (!_stop)
        {
            if (TellsProblems) TellProblems();
            Report(fps);
            while (_alarm.Sleep(Counts ? begin + Second : long.MaxValue) && !FollowsChanges && !_stop)
            {
            }

            long elapsed = MonotonicClock.Now - begin;
            if (elapsed < Second) continue;
            long published = Camera.Statistics.Published;
            fps = elapsed < 2 * Second ? published - counted : 0;
            counted = published;
            begin += elapsed / Second * Second;
        }
    }
}
