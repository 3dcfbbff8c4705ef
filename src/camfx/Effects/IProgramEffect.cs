namespace Camfx.Effects;

/// <summary>An effect whose picture is made elsewhere than on the render thread: it may fail and come back while the camera goes on without it.</summary>
internal interface IProgramEffect : IEffect
{
    /// <summary>What is wrong and what to do, in one sentence; null when nothing is. Thread-safe.</summary>
    string? Problem { get; }

    /// <summary>Whether its picture may still come, and the last frame was shown without it. Thread-safe.</summary>
    bool IsAwaited { get; }

    /// <summary>What it is doing, or what is wrong, is another thing than before. Raised on another thread.</summary>
    event Action? Changed;
}
