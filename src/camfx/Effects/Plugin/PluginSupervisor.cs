using Camfx.Configuration;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>
/// The life of a plug-in: started with the first frame, ended when it hangs, started again after growing pauses when it has ended. One thread,
/// asleep in poll(2) while nothing happens; it is the program's parent, so the program dies with it.
/// </summary>
internal sealed class PluginSupervisor : IDisposable
{
    // What an interpreter with large libraries may need to its first picture, and what a picture may take afterwards, while frames come.
    private const long StartPatience = 10_000_000_000, Patience = 2_000_000_000;
    private const int FewestFrames = 10;
    private const long FirstPause = 500_000_000, LongestPause = 8_000_000_000, Health = 10_000_000_000;

    // A closed queue is nearly always a process that is just ending, and how it ended says more.
    private const long EndingTime = 300_000_000;

    private const long LogPause = 1_000_000_000, ShortestLook = 50_000_000;

    private static int s_last;
    private static readonly Lazy<Confinement> s_machine = new(() => Confinement.Probe(Environment.GetEnvironmentVariable("PATH") ?? ""));

    private readonly int _number = Interlocked.Increment(ref s_last);
    private readonly PluginOptions _options;
    private readonly CameraMode _mode;
    private readonly IFrameQueueHost _input;
    private readonly FinishedPictures _pictures;
    private readonly Action<long> _pictureCame;
    private readonly PluginCounters _counters;
    private readonly EventFd _wake = EventFd.Create();
    private readonly PluginLog _log;
    private readonly Thread _thread;
    private volatile bool _stop;
    private volatile bool _hasGiven;
    private bool _isLogOver;
    private volatile PluginProcess? _process;
    private volatile string? _problem;
    private volatile PluginState _state;
    private long _picturesBefore;

    /// <summary>Starts to wait for a frame.</summary>
    public PluginSupervisor(
        PluginOptions options, CameraMode mode, IFrameQueueHost input, FinishedPictures pictures, PluginCounters counters,
        Action<long> pictureCame, Action<string> log)
    {
        _options = options;
        _mode = mode;
        _input = input;
        _pictures = pictures;
        _counters = counters;
        _pictureCame = pictureCame;
        _log = new PluginLog(options.Name, TimeProvider.System, log);
        Frames = new FrameWatch(_wake, mode.FrameRate.Interval);
        _thread = new Thread(Run) { IsBackground = true, Name = "plug-in" };
        _thread.Start();
    }

    /// <summary>State or problem are others than before. Raised on the supervisor's thread.</summary>
    public event Action? Changed;

    /// <summary>Where the render thread tells of frames.</summary>
    public FrameWatch Frames { get; }

    public PluginState State => _state;

    /// <summary>How the program failed last, one sentence; null before, and once it has given a picture again.</summary>
    public string? Problem => _problem;

    /// <summary>Its process, 0 while there is none.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>What confines it; empty before the first start.</summary>
    public static string Limits => s_machine.IsValueCreated ? s_machine.Value.Description : "";

    /// <summary>CPU time of the running program for each of its pictures, in ms.</summary>
    public double? CpuPerPicture =>
        _counters.Pictures - Volatile.Read(ref _picturesBefore) is > 0 and long pictures ? _process?.Cpu.Milliseconds / pictures : null;

    /// <summary>Ends the program and the thread.</summary>
    public void Dispose()
    {
        _stop = true;
        _wake.Signal();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        AwaitFrames();
        long pause = FirstPause;
        for (int run = 1; !_stop; run++)
        {
            long began = MonotonicClock.Now;
            string reason = RunOnce(run);
            if (_stop) return;
            if (MonotonicClock.Now - began >= Health) pause = FirstPause;
            string said = _log.LastLine.Length == 0 ? "" : $" It said last: {_log.LastLine}";
            Become(PluginState.Failed, $"The plug-in '{_options.Name}' {reason.TrimEnd('.')}; the camera's own picture is shown.{said}");
            Sleep(MonotonicClock.Now + pause);

            // While nobody watches there is nothing to start it for.
            AwaitFrames();
            pause = Math.Min(pause * 2, LongestPause);
            _counters.Restart();
        }
    }

    /// <summary>One run of the program, from its start to its end or until it must be ended; says why it is over.</summary>
    private string RunOnce(int run)
    {
        string name = $"{Environment.ProcessId}-{_number}";
        PluginProcess process;
        try
        {
            process = PluginProcess.Start(_options, _input, s_machine.Value, name, $"camfx-plugin-{name}-{run}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot be started: {failure.Message}";
        }

        PluginOutput? output = null;
        try
        {
            Volatile.Write(ref _picturesBefore, _counters.Pictures);
            _hasGiven = _isLogOver = false;
            _log.Begin();
            _process = process;
            Frames.Settle();

            // A program that fails again and again is nearly always just starting; why it failed is what people look for.
            Become(PluginState.Starting, _problem);
            return Attend(process, ref output);
        }
        finally
        {
            _process = null;

            // The process first, so that nobody waits for it at its queue.
            process.Dispose();
            output?.Dispose();
            _log.Flush();
        }
    }

    private string Attend(PluginProcess process, ref PluginOutput? output)
    {
        while (!_stop)
        {
            if (output is null && File.Exists(process.SocketPath))
                output = new PluginOutput(process.SocketPath, _mode, _pictures, PictureCame, _wake);
            bool hasEnded = Await(process);
            if (hasEnded || (output?.Failure is not null && IsEnding(process)))
            {
                ReadRest(process);
                return process.Reap();
            }

            if (output?.Failure is { } failure) return failure;
            if (_hasGiven && _state == PluginState.Starting) Become(PluginState.Running, problem: null);
            if (Frames.Owed >= Allowed) return $"gave no picture for {Allowed / 1_000_000_000} s although frames came, and was ended";
        }

        return "";
    }

    // A slow camera's frames are not enough to judge by in two seconds.
    private long Allowed => Math.Max(_hasGiven ? Patience : StartPatience, FewestFrames * _mode.FrameRate.Interval);

    /// <summary>Sleeps until something happens to the program, or it is time to look whether it hangs; true when it has ended.</summary>
    private bool Await(PluginProcess process)
    {
        Span<PollDescriptor> descriptors =
        [
            new(_wake.Descriptor, PollEvents.Readable),
            new(process.Descriptor, PollEvents.Readable),
            new(process.Watch.Descriptor, PollEvents.Readable),
            new(process.Output.Reading, PollEvents.Readable),
        ];

        // A log that has said enough for this second is heard in the next one.
        const int log = 3;
        bool isHeard = _log.IsOpen;
        if (!isHeard || _isLogOver) descriptors[log].Number = -1;
        bool isAsleep = Frames.TryFallAsleep(MonotonicClock.Now);
        long look = !isHeard ? LogPause : isAsleep ? Poll.NoTimeout : Math.Max(Allowed - Frames.Owed, ShortestLook);
        _ = Poll.Wait(descriptors, look);
        _wake.Drain();
        process.Watch.Drain();
        bool hasEnded = descriptors[1].Returned != PollEvents.None;
        if (descriptors[log].Returned != PollEvents.None) _isLogOver = !_log.Read(process.Output);
        return hasEnded;
    }

    private static bool IsEnding(PluginProcess process) =>
        Poll.Wait([new PollDescriptor(process.Descriptor, PollEvents.Readable)], EndingTime) > 0;

    /// <summary>What it printed last is what matters most; somebody else who holds its pipe is not waited for.</summary>
    private void ReadRest(PluginProcess process)
    {
        while (_log.IsOpen && Poll.Wait([new PollDescriptor(process.Output.Reading, PollEvents.Readable)], timeoutNs: 0) > 0 && _log.Read(process.Output))
        {
        }
    }

    private void PictureCame(long presentationTime)
    {
        Frames.Settle();
        _pictureCame(presentationTime);
        if (_hasGiven) return;
        _hasGiven = true;
        _wake.Signal();
    }

    private void AwaitFrames()
    {
        while (!_stop && Frames.TryFallAsleep(MonotonicClock.Now))
        {
            _ = Poll.Wait([new PollDescriptor(_wake.Descriptor, PollEvents.Readable)], Poll.NoTimeout);
            _wake.Drain();
        }
    }

    private void Sleep(long until)
    {
        while (!_stop && until - MonotonicClock.Now is > 0 and long left)
        {
            _ = Poll.Wait([new PollDescriptor(_wake.Descriptor, PollEvents.Readable)], left);
            _wake.Drain();
        }
    }

    private void Become(PluginState state, string? problem)
    {
        _state = state;
        _problem = problem;
        Changed?.Invoke();
    }
}
