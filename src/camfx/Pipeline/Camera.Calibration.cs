using Camfx.Analysis.Plates;
using Camfx.Analysis.Segmentation;

namespace Camfx.Pipeline;

// What is in the picture when nobody is.
internal sealed partial class Camera
{
    /// <summary>Who is in front, and what it costs to find out.</summary>
    public SegmentationStage Segmentation => _stage.Segmentation;

    /// <summary>Takes the picture of the empty scene, which effects then tell people by. A camera that nobody watches opens its source for it.</summary>
    /// <param name="delay">How long the source is let alone after its first picture.</param>
    /// <param name="duration">How long pictures are taken then.</param>
    /// <exception cref="CamfxException">Something moved, there were no pictures, it cannot be kept, or one is being taken already.</exception>
    public async Task CalibrateAsync(TimeSpan delay, TimeSpan duration)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_permission.Refusal is { } refusal) throw new CamfxException(ExitCode.Failed, $"The empty scene cannot be taken: {refusal}");
        CameraStage stage = _stage;
        Calibration calibration = new((long)delay.TotalNanoseconds, (long)duration.TotalNanoseconds, _plates.Keep);
        if (!stage.Segmentation.TryBegin(calibration)) throw CamfxException.Busy($"The empty scene of '{_options.Name}' is being taken already; wait for it.");
        stage.Demand.Add();
        try
        {
            await calibration.Done.WaitAsync(delay + duration + s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new CamfxException(
                ExitCode.Failed, stage.Render.Reason ?? $"The source {_options.Source} gave too few pictures to take the empty scene; try again.");
        }
        finally
        {
            stage.Segmentation.End(calibration);
            stage.Demand.Remove(lingers: false);
        }
    }
}
