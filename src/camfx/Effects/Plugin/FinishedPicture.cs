using Camfx.Frames;
using Camfx.Frames.Queue;

namespace Camfx.Effects.Plugin;

/// <summary>A picture the plug-in has made, leased from its queue. Two of these are made once and used again and again.</summary>
internal sealed class FinishedPicture
{
    private FrameQueueReader? _reader;
    private FrameLease _lease;

    /// <summary>Whether it holds a lease. The reader's thread only.</summary>
    public bool IsLeased => _reader is not null;

    /// <summary>The presentation time the plug-in gave it: that of the frame it was made from.</summary>
    public long PresentationTime => _lease.Timing.PresentationTime;

    /// <summary>The pixels, in memory the plug-in can write at any time.</summary>
    public FrameView View => _lease.View;

    /// <summary>Whether what was read from it so far was whole.</summary>
    public bool IsWhole => _reader!.IsWhole(_lease);

    /// <summary>Leases the newest picture. The reader's thread only.</summary>
    public bool TryLease(FrameQueueReader reader)
    {
        if (!reader.TryAcquire(out _lease)) return false;
        _reader = reader;
        return true;
    }

    /// <summary>Gives the lease back. The reader's thread only.</summary>
    public void Release()
    {
        _ = _reader!.Release(_lease); // ignoring: who copied it has looked.
        _reader = null;
    }
}
