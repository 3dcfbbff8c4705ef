using Camfx.FFmpeg;
using Camfx.FFmpeg.Filters;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.Effects.Ffmpeg;

/// <summary>
/// Runs a filter graph on a thread of its own, one frame at a time: the render thread puts a frame in, waits so long as a frame may cost, and takes the
/// picture or goes on without it. A graph that is slow, or hangs, costs a frame no more than that.
/// </summary>
/// <remarks>Thread-bound to the render thread, but <see cref="Dispose"/>, which ends the thread when the frame in work is done.</remarks>
internal sealed unsafe class GraphRunner : IDisposable
{
    // The word that both threads sleep on: whose turn it is.
    private const uint Idle = 0, Working = 1, Ended = 2;

    private readonly Func<ColorMatrix, FilterGraph> _create;
    private readonly uint[] _word = GC.AllocateArray<uint>(1, pinned: true);
    private readonly uint* _turn;
    private readonly Thread _thread;
    private FilterGraph _graph;
    private AvException? _failure;
    private FrameView _picture;
    private bool _hasPicture;

    /// <summary>Makes the graph.</summary>
    /// <param name="create">Makes it for pictures of a matrix.</param>
    /// <exception cref="AvException">It cannot be made.</exception>
    public GraphRunner(Func<ColorMatrix, FilterGraph> create)
    {
        _create = create;
        _graph = create(ColorMatrix.Bt601);
        fixed (uint* word = _word) _turn = word;
        _thread = new Thread(Run) { IsBackground = true, Name = "filter graph" };
        _thread.Start();
    }

    /// <summary>Whether it still works on an earlier frame.</summary>
    public bool IsBusy => Volatile.Read(ref *_turn) == Working;

    /// <summary>What the last frame it has done took, in ns.</summary>
    public long LastTime { get; private set; }

    /// <summary>The newest picture, valid until it is started again; false while none has come out. Only while it is not busy.</summary>
    public bool TryGetPicture(out FrameView picture)
    {
        picture = _picture;
        return _hasPicture;
    }

    /// <summary>Gives it a frame to draw into; <see cref="Begin"/> and <see cref="Start"/> go in pairs, while it is not busy.</summary>
    /// <param name="matrix">The frame's.</param>
    /// <exception cref="AvException">The graph has failed.</exception>
    public FrameView Begin(ColorMatrix matrix)
    {
        if (_failure is { } failure) throw failure;
        if (_graph.Matrix != matrix) MakeAnew(matrix);
        return _graph.Begin();
    }

    /// <summary>Lets it work on the frame that was drawn.</summary>
    /// <param name="presentationTime">CLOCK_MONOTONIC in ns.</param>
    public void Start(long presentationTime)
    {
        _graph.Push(presentationTime);
        Volatile.Write(ref *_turn, Working);
        Futex.WakePrivate(_turn);
    }

    /// <summary>Waits until it is done.</summary>
    /// <param name="deadline">CLOCK_MONOTONIC in ns.</param>
    /// <returns>False: it is not done yet.</returns>
    /// <exception cref="AvException">The graph has failed.</exception>
    public bool Wait(long deadline)
    {
        while (IsBusy)
            if (Futex.WaitPrivate(_turn, Working, deadline) == FutexResult.TimedOut && IsBusy) return false;

        return _failure is { } failure ? throw failure : true;
    }

    public void Dispose()
    {
        while (IsBusy) _ = Futex.WaitPrivate(_turn, Working, Futex.NoDeadline);
        Volatile.Write(ref *_turn, Ended);
        Futex.WakePrivate(_turn);
        _thread.Join();
        _graph.Dispose();
    }

    /// <summary>Another source has come with another matrix: not every filter takes a change on the way.</summary>
    private void MakeAnew(ColorMatrix matrix)
    {
        FilterGraph graph = _create(matrix);
        _hasPicture = false;
        _graph.Dispose();
        _graph = graph;
    }

    private void Run()
    {
        while (true)
        {
            while (Volatile.Read(ref *_turn) == Idle) _ = Futex.WaitPrivate(_turn, Idle, Futex.NoDeadline);
            if (Volatile.Read(ref *_turn) == Ended) return;
            Work();
            Volatile.Write(ref *_turn, Idle);
            Futex.WakePrivate(_turn);
        }
    }

    private void Work()
    {
        long began = MonotonicClock.Now;
        try
        {
            // Of several pictures for one frame the newest counts; without one, the one before stays.
            while (_graph.TryPull(out FrameView picture))
            {
                _picture = picture;
                _hasPicture = true;
            }
        }
        catch (AvException failure)
        {
            _failure = failure;
        }

        LastTime = MonotonicClock.Now - began;
    }
}
