using Camfx.DBus;
using Camfx.Pipeline;

namespace Camfx.Service;

/// <content>The empty scene.</content>
internal sealed partial class CameraSession
{
    /// <summary>Takes the picture of the empty scene.</summary>
    /// <param name="delay">How long the source is let alone first.</param>
    /// <param name="duration">How long pictures are taken.</param>
    /// <param name="done">Called once on whatever thread: it is kept and used, or what went wrong.</param>
    public void Calibrate(TimeSpan delay, TimeSpan duration, Action<Exception?> done)
    {
        if (_camera is { } camera) _ = CalibrateAsync(camera, delay, duration, done);
        else done(BusException.Failed(_failure ?? "The camera is being made anew; call again."));
    }

    private static async Task CalibrateAsync(Camera camera, TimeSpan delay, TimeSpan duration, Action<Exception?> done)
    {
        Exception? failure = null;
        try
        {
            await camera.CalibrateAsync(delay, duration).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e is CamfxException ? e : BusException.Failed($"The empty scene could not be taken: {e.Message}");
        }

        done(failure);
    }
}
