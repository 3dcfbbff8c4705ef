using Camfx.Posix;

namespace Camfx.Sources;

/// <summary>
/// A live source's way to what it shows: a thread that finds it, follows it, notices when it is gone and takes it up again when it is back.
/// </summary>
/// <remarks>Thread-safe, but for what is said to need <see cref="Gate"/>.</remarks>
internal abstract class SourceLink : IDisposable
{
    private readonly Thread _thread;
    private Action _arrived = static () => { };
    private volatile string? _trouble;
    private volatile CamfxException? _failure;
    private volatile bool _ended;

    /// <param name="thread">The thread's name, 15 bytes at most.</param>
    protected SourceLink(string thread)
    {
        _thread = new Thread(Run) { Name = thread, IsBackground = true };
    }

    /// <summary>Held by whoever uses the thing that is followed: it is let go of only then.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Why no pictures come although they will come again, or null.</summary>
    public string? Trouble => _trouble;

    /// <summary>Why it cannot go on, or null.</summary>
    public CamfxException? Failure => _failure;

    /// <summary>Whether the thread is to end.</summary>
    protected bool HasEnded => _ended;

    /// <summary>Readable from the end on: what the thread sleeps on beside its own.</summary>
    protected EventFd End { get; } = EventFd.Create();

    /// <param name="arrived">Called on the thread when there is a picture, a trouble, its end or a failure to show.</param>
    public void Start(Action arrived)
    {
        _arrived = arrived;
        _thread.Start();
    }

    public virtual void Dispose()
    {
        _ended = true;
        End.Signal();
        if (_thread.IsAlive) _thread.Join();
        End.Dispose();
    }

    /// <summary>Finds and follows until <see cref="HasEnded"/>.</summary>
    protected abstract void Follow();

    /// <summary>A failure that is none of our own sentences yet.</summary>
    protected abstract CamfxException Describe(Exception failure);

    protected void Arrive() => _arrived();

    /// <summary>Says what is wrong, or with null that pictures come.</summary>
    protected void Say(string? trouble)
    {
        bool changed = trouble is null || trouble != _trouble;
        _trouble = trouble;
        if (changed) _arrived();
    }

    private void Run()
    {
        try
        {
            Follow();
        }
        catch (Exception failure)
        {
            if (_ended) return;
            _failure = failure as CamfxException ?? Describe(failure);
            _arrived();
        }
    }
}
