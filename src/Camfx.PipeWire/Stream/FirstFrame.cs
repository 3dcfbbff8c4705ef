using Camfx.PipeWire.Control;

namespace Camfx.PipeWire.Stream;

/// <summary>
/// Sees to it that a consumer that has just come gets a frame even if the camera publishes none. PipeWire says "streaming" before the new
/// link carries data, and does not say when it does: so the newest frame goes out again a few times, until the camera sends by itself.
/// </summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed class FirstFrame : IDisposable
{
    private const long Millisecond = 1_000_000;
    private const long CycleTime = 5 * Millisecond;
    private const long LongestDelay = 300 * Millisecond;

    private readonly StreamCounters _counters;
    private readonly Func<bool> _offerAgain;
    private readonly LoopTimer _timer;
    private long _delay;
    private long _sent;

    /// <summary>Waits for <see cref="Expect"/>.</summary>
    /// <param name="loop">The loop it works on.</param>
    /// <param name="counters">Tell whether the camera sends by itself.</param>
    /// <param name="offerAgain">Sends the newest frame again; false if that takes another cycle first.</param>
    /// <param name="fault">Told what that threw.</param>
    public FirstFrame(ControlLoop loop, StreamCounters counters, Func<bool> offerAgain, Action<Exception> fault)
    {
        _counters = counters;
        _offerAgain = offerAgain;
        _timer = new LoopTimer(loop, Tick, fault);
    }

    /// <summary>A consumer has come.</summary>
    public void Expect()
    {
        _delay = Millisecond;
        _sent = _counters.Sent;
        _timer.Start(_delay);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (_counters.Sent != _sent || _delay > LongestDelay) return;
        bool again = !_offerAgain();
        _sent = _counters.Sent;
        _delay *= 2;
        _timer.Start(again ? CycleTime : _delay);
    }
}
