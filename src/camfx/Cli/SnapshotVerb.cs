using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Camfx.Analysis;
using Camfx.Analysis.Plates;
using Camfx.Analysis.Segmentation;
using Camfx.Cli.Live;
using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sources;

namespace Camfx.Cli;

/// <summary><c>camfx snapshot FILE</c>: one picture of the running camera, or of what a camera with these options shows.</summary>
internal static class SnapshotVerb
{
    /// <summary>How long a source may take to its first picture, in ns.</summary>
    private const long Patience = 10_000_000_000;

    public static Command Create()
    {
        var camera = new CameraOptionSet();
        var file = new Argument<string>("FILE") { Description = "Where the picture goes; .png or .jpg." };
        Option<string> running = CameraChoice.Option();
        var snapshot = new Command(
            "snapshot", "Takes one picture: of the running camera, or, where camfx does not run or --source or another of its options is given, as these say.")
        {
            file, running,
        };
        camera.AddTo(snapshot);
        snapshot.SetAction(parsed =>
        {
            string name = parsed.GetValue(file)!;
            ImageFormat format = FormatOf(name);
            bool given = parsed.CommandResult.Children.OfType<OptionResult>().Any(option => !option.Implicit && option.Option != running);
            if (!given && RunningPicture.TrySave(parsed.GetValue(running)!, name, format)) return;
            if (parsed.GetResult(running) is { Implicit: false })
                throw given ? CamfxException.Usage("--camera is for a running camera and goes with no other option.") : new CamfxException(ExitCode.NotRunning, "camfx is not running; start it with 'camfx start', or leave --camera out.");
            Take(camera.Read(parsed, [], IdleMode.Always), name);
        });
        return snapshot;
    }

    private static ImageFormat FormatOf(string file)
    {
        try
        {
            return ImageWriter.FormatOf(file);
        }
        catch (AvException failure)
        {
            throw CamfxException.Usage(failure.Message);
        }
    }

    private static void Take(CameraOptions options, string file)
    {
        CameraMode mode = options.Mode;
        ImmutableArray<EffectLink> links = EffectLink.MakeChain(options.Effects, [], mode);
        try
        {
            Take(options, links, file);
        }
        finally
        {
            foreach (EffectLink link in links) link.Effect.Dispose();
        }
    }

    private static void Take(CameraOptions options, ImmutableArray<EffectLink> links, string file)
    {
        CameraMode mode = options.Mode;
        var alarm = new Alarm();
        using ISource source = SourceKinds.Create(options.Source, mode);
        using var segmentation = new SegmentationStage(mode.Width, mode.Height, PlateStore.OfUser(options.Id), changed: static () => { });
        using var effects = new EffectChain(links, mode.Width, mode.Height, failed: static () => { }, segmentation);
        using var frame = new FrameBuffer(
            FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited);
        source.Probe();
        source.Start(alarm.Ring);
        long deadline = MonotonicClock.Now + Patience;
        PictureInfo picture;
        while (!source.Draw(effects.First(frame.View), MonotonicClock.Now, out picture))
        {
            if (!alarm.Sleep(deadline))
            {
                throw new CamfxException(
                    ExitCode.Failed, source.Trouble ?? $"The source {options.Source} gave no picture within {Patience / 1_000_000_000} s; try again.");
            }
        }

        FrameView final = frame.View.With(picture.Matrix);
        effects.Apply(final, MonotonicClock.Now, new PictureOrigin(options.Source, picture.CaptureTime));
        while (effects.IsAwaiting && MonotonicClock.Now < deadline)
        {
            // A plug-in's picture is that of a frame before: it gets frames at the camera's rate until it has given one.
            alarm.Sleep(MonotonicClock.Now + mode.FrameRate.Interval);
            if (!source.Draw(effects.First(frame.View), MonotonicClock.Now, out picture)) continue;
            final = frame.View.With(picture.Matrix);
            effects.Apply(final, MonotonicClock.Now, new PictureOrigin(options.Source, picture.CaptureTime));
        }

        foreach (EffectLink link in links)
            if (ChainOrder.ProblemOf(links, link, segmentation) is { } problem) Console.Error.WriteLine($"camfx: {problem}");
        try
        {
            ImageWriter.Save(final, file);
        }
        catch (AvException failure)
        {
            throw CamfxException.Of(failure);
        }
    }
}
