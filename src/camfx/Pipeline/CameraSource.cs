using System.Diagnostics.CodeAnalysis;
using Camfx.Frames;
using Camfx.Sources;

namespace Camfx.Pipeline;

/// <summary>
/// The life of a camera's source: opened when somebody watches, closed when nobody does, and when it fails tried again with growing
/// pauses while the card says why.
/// </summary>
/// <param name="uri">Its name in messages.</param>
/// <param name="create">Makes the source; nothing is opened yet.</param>
/// <param name="arrived">What <see cref="ISource.Start"/> gets.</param>
/// <remarks>Thread-bound to the render thread but for the counters.</remarks>
internal sealed class CameraSource(string uri, Func<ISource> create, Action arrived) : IDisposable
{
    private const long FirstPause = 500_000_000, LongestPause = 4_000_000_000;

    private ISource? _source;
    private long _retryAt;
    private long _pause = FirstPause;
    private long _droppedBefore;
    private long _copiedBefore;
    private long _corruptedBefore;

    /// <summary>Whether this one may have to wait for another one to be closed: what can be shared may not be opened twice.</summary>
    public bool MayWaitFor(CameraSource other) => IsInTrouble && _source is SourceShare && Scheme.SequenceEqual(other.Scheme);

    /// <summary>Its URI.</summary>
    public string Uri => uri;

    /// <summary>Why there is no picture, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>The first tick it has had no picture for since it last had one; <see cref="long.MaxValue"/> while it has one.</summary>
    public long WaitingSince { get; private set; } = long.MaxValue;

    /// <summary>Whether it is open now.</summary>
    public bool IsOpened => _source is not null;

    /// <summary>Times the source was opened.</summary>
    public long Opened { get; private set; }

    /// <summary>Times it failed.</summary>
    public long Failures { get; private set; }

    /// <summary>Pictures of the source nobody saw. Thread-safe.</summary>
    public long Dropped => Volatile.Read(ref _droppedBefore) + (_source?.Dropped ?? 0);

    /// <summary>What was counted so far, as a whole. Thread-safe.</summary>
    public SourceCounts Counts
    {
        get
        {
            ISource? source = _source;
            return new SourceCounts(
                Opened, Failures, Dropped,
                Volatile.Read(ref _corruptedBefore) + (source?.Corrupted ?? 0), Volatile.Read(ref _copiedBefore) + (source?.CopiedBytes ?? 0));
        }
    }

    /// <summary>Whether the source works but waits for something to come back.</summary>
    public bool IsInTrouble => _source?.Trouble is not null;

    /// <summary>Draws the newest picture; false: there is none, and <see cref="Failure"/> says why if it has failed.</summary>
    public bool TryDraw(in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        try
        {
            if (TryOpen(time) && _source.Draw(target, time, out picture))
            {
                Failure = null;
                WaitingSince = long.MaxValue;
                _pause = FirstPause;
                return true;
            }

            if (_source?.Trouble is { } trouble) Failure = trouble;
        }
        catch (Exception failure)
        {
            Fail(failure, time);
        }

        WaitingSince = Math.Min(WaitingSince, time);
        return false;
    }

    /// <summary>Opens the source if it is not, and draws nothing: for a camera that is kept ready although nobody watches.</summary>
    public void KeepOpen(long time)
    {
        try
        {
            _ = TryOpen(time);
        }
        catch (Exception failure)
        {
            Fail(failure, time);
        }
    }

    /// <summary>Closes the source. The next draw opens it again.</summary>
    public void Close()
    {
        try
        {
            TakeAway()?.Dispose();
        }
        catch (Exception)
        {
            // One that cannot even be closed is forgotten: the camera goes on.
            Failures++;
        }
    }

    /// <summary>As <see cref="Close"/>, but leaves what may take its time, the closing itself, to the caller.</summary>
    public ISource? TakeAway()
    {
        _droppedBefore += _source?.Dropped ?? 0;
        _copiedBefore += _source?.CopiedBytes ?? 0;
        _corruptedBefore += _source?.Corrupted ?? 0;
        ISource? source = _source;
        _source = null;
        return source;
    }

    /// <summary>It is not wanted now: what failed before is forgotten.</summary>
    public void Rest()
    {
        Forgive();
        Close();
    }

    /// <summary>As <see cref="Rest"/>, but the source is to be closed by the caller.</summary>
    public ISource? RestAside()
    {
        Forgive();
        return TakeAway();
    }

    public void Dispose() => Close();

    private ReadOnlySpan<char> Scheme => uri.AsSpan(0, Math.Max(0, uri.IndexOf(':')));

    private void Forgive()
    {
        Failure = null;
        WaitingSince = long.MaxValue;
        _retryAt = 0;
        _pause = FirstPause;
    }

    /// <summary>Opens the source if it is closed and its pause is over.</summary>
    [MemberNotNullWhen(true, nameof(_source))]
    private bool TryOpen(long time)
    {
        if (_source is not null) return true;
        if (time < _retryAt) return false;
        _source = create();
        Opened++;
        _source.Start(arrived);
        return true;
    }

    private void Fail(Exception failure, long time)
    {
        Failures++;
        Failure = failure is CamfxException ? failure.Message : $"The source {uri} failed: {failure.Message}";
        Close();
        _retryAt = time + _pause;
        _pause = Math.Min(_pause * 2, LongestPause);
    }
}
