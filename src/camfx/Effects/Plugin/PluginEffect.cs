using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>
/// A layer by another program (docs/plugins.md): it gets each frame through one queue and gives finished pictures through another. The camera
/// never waits for it. A frame shows the newest finished picture if that was made from one of the last frames, else the camera's own.
/// </summary>
internal sealed class PluginEffect : IProgramEffect
{
    private readonly PluginOptions _options;
    private readonly PluginInput _input;
    private readonly FinishedPictures _pictures = new();
    private readonly PublishedFrames _frames = new();
    private readonly LatencyWindow _latency = new();
    private readonly PluginCounters _counters = new();
    private readonly PluginSupervisor _supervisor;

    // The presentation time of the frame whose picture was shown last: pictures never go back before it.
    private long _shown = long.MinValue;
    private long _kept = long.MinValue;

    public PluginEffect(PluginOptions options, CameraMode mode, Action<string> log)
    {
        _options = options;
        _input = new PluginInput(mode);
        _supervisor = new PluginSupervisor(options, mode, _input, _pictures, _counters, PictureCame, log);
        _supervisor.Changed += () => Changed?.Invoke();
    }

    public event Action? Changed;

    public static EffectKind Description { get; } = new(
        "plugin", "A program of yours that gets every frame and gives finished pictures.", PluginOptions.Keys,
        (values, mode) => new PluginEffect(PluginOptions.From(values), mode, Log))
    { MovesPicture = true };

    public bool IsInPlace => true;

    /// <summary>What it does and costs now. Thread-safe.</summary>
    public PluginStatistics Statistics => new(
        _options.Path, State, Problem, _supervisor.ProcessId, PluginSupervisor.Limits, _counters.Shown, _counters.ByPassed, _counters.Held,
        _counters.Torn, _counters.Pictures, _counters.Restarts, _supervisor.CpuPerPicture, _latency.Quantile(0.5), _latency.Quantile(0.99),
        _counters.CopiedBytes);

    /// <summary>Whether the last frame showed the camera's own picture. Thread-safe.</summary>
    public bool IsByPassed => _counters.IsByPassed;

    public bool IsAwaited => IsByPassed && Problem is null;

    public string? Problem => _supervisor.Problem
        ?? (_counters.Shown == 0 && _counters.Unknown > 0
            ? $"The plug-in '{_options.Name}' gives its pictures presentation times that no frame had; each must have those of the frame it was made from."
            : null);

    private PluginState State =>
        _supervisor.State == PluginState.Running && _counters.IsByPassed ? PluginState.Late : _supervisor.State;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        long now = MonotonicClock.Now;
        _supervisor.Frames.FrameCame(now);
        if (!_input.IsTaken || !_input.TryPublish(target, presentationTime))
        {
            ByPass(presentationTime);
            return;
        }

        _frames.Add(presentationTime, now);
        _counters.Copy(_input.FrameSize);
        FinishedPicture? picture = _pictures.Borrow();
        if (picture is null || !_frames.IsRecent(picture.PresentationTime, _options.Latency)) ByPass(presentationTime, keep: true);
        else if (picture.PresentationTime >= _shown) Show(picture, target, presentationTime);
        else Hold(target, presentationTime);
        if (picture is not null) _pictures.Return(picture);
    }

    public void Dispose()
    {
        _supervisor.Dispose();
        _input.Dispose();
    }

    // On a terminal it takes the place of the status line, which is written anew when it changes.
    private static void Log(string line) => Console.Error.WriteLine($"{(Console.IsErrorRedirected ? "" : "\r\e[K")}camfx: {line}");

    private void Show(FinishedPicture picture, in FrameView target, long presentationTime)
    {
        long pictureTime = picture.PresentationTime;
        Copy(picture.View, target);
        if (!picture.IsWhole)
        {
            // It was drawn over meanwhile: what is in the queue is still the camera's own.
            Copy(_input.Newest, target);
            _counters.Tear();
            ByPass(presentationTime, keep: true);
            return;
        }

        _shown = pictureTime;
        _input.LetGo();
        _counters.Show();
    }

    /// <summary>
    /// The plug-in is back in time, but its picture is of a frame before the one shown last. That one is shown again until the plug-in has come to
    /// it: for fewer frames than the latency, since a picture that stays behind is no longer recent.
    /// </summary>
    private void Hold(in FrameView target, long presentationTime)
    {
        if (_kept != _shown || _input.Kept is not { IsEmpty: false } kept)
        {
            ByPass(presentationTime, keep: true);
            return;
        }

        Copy(kept, target);
        _counters.Hold();
    }

    private void ByPass(long presentationTime, bool keep = false)
    {
        _shown = presentationTime;
        _counters.ByPass();
        if (!keep) return;
        _input.Keep();
        _kept = presentationTime;
    }

    // A copy; where the plug-in's picture has another meaning of its colours, they are made the camera's.
    private void Copy(in FrameView source, in FrameView target)
    {
        Converter.Convert(source, target);
        _counters.Copy(_input.FrameSize);
    }

    private void PictureCame(long presentationTime)
    {
        bool isKnown = _frames.TryFind(presentationTime, out long given);
        if (isKnown) _latency.Add(MonotonicClock.Now - given);
        _counters.PictureCame(isKnown);
    }
}
