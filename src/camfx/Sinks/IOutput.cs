using System.Collections.Immutable;

namespace Camfx.Sinks;

/// <summary>One way out of a camera: what consumers attach to. It tells the camera's demand when somebody watches.</summary>
internal interface IOutput : IDisposable
{
    /// <summary>The word users type for it.</summary>
    string Kind { get; }

    /// <summary>Whether the machine has what it needs, or had: one of <c>auto</c> that never could be is shown to nobody.</summary>
    bool IsHere => true;

    /// <summary>What it is doing, in a word.</summary>
    string State { get; }

    /// <summary>What keeps consumers from it and what to do, in one sentence; null when nothing does.</summary>
    string? Problem { get; }

    /// <summary>Where consumers find it; empty where there is no such place.</summary>
    string Target => "";

    /// <summary>The fourcc of what consumers get now; empty when none does, or each has its own.</summary>
    string Format => "";

    /// <summary>How frames reach consumers.</summary>
    string Memory => "shared";

    /// <summary>Who watches through it.</summary>
    ImmutableArray<Consumer> Consumers { get; }

    /// <summary>State or consumers are others than before. Raised on whatever thread.</summary>
    event Action? Changed;

    /// <summary>Opens the way out. What cannot be had yet (PipeWire is not running) is waited for, not thrown.</summary>
    /// <exception cref="CamfxException">It can never work here; the message says why.</exception>
    void Start();

    /// <summary>A frame was published. Render thread; never blocks, allocates nothing.</summary>
    void FramePublished();
}
