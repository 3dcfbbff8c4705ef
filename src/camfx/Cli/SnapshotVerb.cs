using System.CommandLine;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Effects.Plugin;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sources;

namespace Camfx.Cli;

/// <summary><c>camfx snapshot FILE</c>: one picture of what a camera with these options shows.</summary>
internal static class SnapshotVerb
{
    /// <summary>How long a source may take to its first picture, in ns.</summary>
    private const long Patience = 10_000_000_000;

    public static Command Create()
    {
        var camera = new CameraOptionSet();
        var file = new Argument<string>("FILE") { Description = "Where the picture goes; .png or .jpg." };
        var snapshot = new Command("snapshot", "Takes one picture: source, effects and size as given.") { file };
        camera.AddTo(snapshot);
        snapshot.SetAction(parsed => Take(camera.Read(parsed, [], always: true), parsed.GetValue(file)!));
        return snapshot;
    }

    /// <summary>Whether a plug-in may still give a picture, and has not.</summary>
    private static bool IsAwaited(PluginEffect plugin) => plugin is { IsByPassed: true, Problem: null };

    private static void Take(CameraOptions options, string file)
    {
        CameraMode mode = options.Mode;
        try
        {
            _ = ImageWriter.FormatOf(file);
        }
        catch (AvException failure)
        {
            throw CamfxException.Usage(failure.Message);
        }

        using var alarm = new Alarm();
        using ISource source = SourceKinds.Create(options.Source, mode);
        using var effects = new EffectChain([.. options.Effects.Select(spec => EffectKinds.Create(spec, mode))], mode.Width, mode.Height);
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
        effects.Apply(final, MonotonicClock.Now);
        while (effects.Plugins.Any(IsAwaited) && MonotonicClock.Now < deadline)
        {
            // A plug-in's picture is that of a frame before: it gets frames at the camera's rate until it has given one.
            alarm.Sleep(MonotonicClock.Now + mode.FrameRate.Interval);
            if (!source.Draw(effects.First(frame.View), MonotonicClock.Now, out picture)) continue;
            final = frame.View.With(picture.Matrix);
            effects.Apply(final, MonotonicClock.Now);
        }

        foreach (PluginEffect plugin in effects.Plugins)
            if (plugin.Problem is { } problem) Console.Error.WriteLine($"camfx: {problem}");
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
