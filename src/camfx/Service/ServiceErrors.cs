using Camfx.DBus;

namespace Camfx.Service;

/// <summary>What failures are called on the bus.</summary>
internal static class ServiceErrors
{
    /// <summary>The failure as the bus carries it.</summary>
    public static BusException Of(Exception failure) => failure switch
    {
        BusException already => already,
        CamfxException { IsBusy: true } => BusException.Busy(failure.Message),
        CamfxException { ExitCode: ExitCode.Usage } => BusException.InvalidArgument(failure.Message),
        CamfxException { ExitCode: ExitCode.NoSuchThing } => BusException.NotFound(failure.Message),
        CamfxException { ExitCode: ExitCode.NotRunning } => BusException.Unsupported(failure.Message),
        CamfxException { ExitCode: ExitCode.NotPermitted } => BusException.NotPermitted(failure.Message),
        _ => BusException.Failed(failure.Message),
    };

    /// <summary>Does something whose failures have names on the bus.</summary>
    /// <exception cref="BusException">What it threw.</exception>
    public static T Named<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (CamfxException failure)
        {
            throw Of(failure);
        }
    }

    /// <summary>More calls wait for one camera than may.</summary>
    public static BusException TooManyCalls(string camera) =>
        BusException.LimitReached($"{CameraSession.MostWaiting} calls are waiting for the camera '{camera}' already; wait for their answers.");
}
