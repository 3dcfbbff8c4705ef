using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>A descriptor that a loop polls besides its connection's.</summary>
internal sealed class LoopWatch(FileDescriptor descriptor, PollEvents events, Action<PollEvents> ready, Action<LoopWatch> forget) : IDisposable
{
    private bool _ended;

    public PollDescriptor Asked => new(descriptor, events);

    public void Answer(PollEvents answered)
    {
        if (!_ended && answered != PollEvents.None) ready(answered);
    }

    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        forget(this);
    }
}
