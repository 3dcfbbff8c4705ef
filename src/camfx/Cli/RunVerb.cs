using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Pipeline;
using Camfx.Service;

namespace Camfx.Cli;

/// <summary><c>camfx run</c>: the effects process in the foreground.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var camera = new CameraOptionSet();
        var output = new Option<string[]>("--output")
        {
            HelpName = "auto|pipewire|device[:LABEL]|queue|none",
            Description = "Ways out; may be given several times. auto: PipeWire, the queue, and a device as soon as camfx-helper is there. "
                + "device: a /dev/videoX that every app sees; LABEL is the camera's name if left out.",
            DefaultValueFactory = _ => ["auto"],
            AllowMultipleArgumentsPerToken = false,
        };
        var idle = new Option<string>("--idle")
        {
            HelpName = "on-demand|always",
            Description = "Whether the source is open only while somebody watches.",
            DefaultValueFactory = _ => "on-demand",
        };
        var zeroCopy = new Option<string>("--zero-copy")
        {
            HelpName = "auto|force|off",
            Description = "Whether a device reads the frame queue's own memory: where it can, or not at all, or never. "
                + "PipeWire and the queue always do.",
            DefaultValueFactory = _ => "auto",
        };
        var duration = new Option<string?>("--duration") { HelpName = "S", Description = "End after so many seconds." };
        var stats = new Option<bool>("--stats") { Description = "Print one line of JSON a second." };
        var service = new Option<bool>("--service")
        {
            Description = "Be this user's service: the saved cameras, steered over D-Bus (org.camfx.Camfx1). It goes with no other option; 'camfx start' runs it.",
        };
        var run = new Command("run", "Runs a virtual camera in the foreground until Ctrl-C. Saves nothing.") { output, idle, zeroCopy, duration, stats, service };
        camera.AddTo(run);
        run.SetAction(parsed =>
        {
            if (parsed.GetValue(service))
            {
                if (parsed.CommandResult.Children.OfType<OptionResult>().Any(static option => !option.Implicit && option.Option.Name != "--service"))
                    throw CamfxException.Usage("--service goes with no other option: the saved cameras have theirs; see 'camfx camera set --help'.");
                ServiceProcess.Run();
                return (int)ExitCode.Ok;
            }

            IdleMode mode = IdleModeWords.Parse(Word(parsed.GetValue(idle)!, "--idle", "on-demand", "always"));
            ZeroCopy memory = Enum.Parse<ZeroCopy>(Word(parsed.GetValue(zeroCopy)!, "--zero-copy", "auto", "force", "off"), ignoreCase: true);
            string[] outputs = parsed.GetValue(output)!;
            if (memory == ZeroCopy.Off && !Array.Exists(outputs, static word => word.StartsWith("device", StringComparison.Ordinal) || word == "auto"))
            {
                throw new CamfxException(
                    ExitCode.Failed, "--zero-copy off is for devices, and none is among the outputs; PipeWire and the queue never copy.");
            }

            CameraOptions options = camera.Read(parsed, [.. outputs], mode) with { ZeroCopy = memory };
            RefuseBesideService(options.Name);
            return (int)Run(options, Seconds(parsed.GetValue(duration)), parsed.GetValue(stats));
        });
        return run;
    }

    /// <summary>The service's first camera has the name that a camera has by default, and two of one name confuse apps.</summary>
    private static void RefuseBesideService(string name)
    {
        if (name != CameraName.Default) return;
        using Bus? bus = ServiceBusName.TryOpen();
        if (bus is not null && ServiceBusName.RunningSentence(bus) is { } sentence) throw new CamfxException(ExitCode.Failed, sentence);
    }

    private static ExitCode Run(CameraOptions options, TimeSpan duration, bool stats)
    {
        using var ended = new ManualResetEventSlim();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        using var camera = new Camera(options);
        camera.Start();
        using CameraReport report = stats ? new StatisticsLines(camera) : Console.IsOutputRedirected ? new StateLines(camera) : new StatusLine(camera);
        report.Start();
        ended.Wait(duration);
        return ExitCode.Ok;
    }

    private static string Word(string text, string option, params ReadOnlySpan<string> allowed)
    {
        foreach (string word in allowed)
            if (word == text) return text;
        throw CamfxException.Usage($"{option} cannot be '{text}'; it is one of: {string.Join(", ", allowed!)}.");
    }

    private static TimeSpan Seconds(string? text)
    {
        if (text is null) return Timeout.InfiniteTimeSpan;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw CamfxException.Usage($"--duration cannot be '{text}'; it is a number of seconds above 0.");
    }
}
