using Camfx.DBus;
using Camfx.V4L2;

namespace Camfx.Helper.Authorization;

/// <summary>A call that is answered later still gets its answer when something goes wrong on the way.</summary>
internal static class Answering
{
    /// <summary>Does a part of a call's work; what it throws becomes the answer.</summary>
    public static void Guard(IncomingCall call, Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            if (!call.IsAnswered) call.Fail(Translate(failure));
        }
    }

    /// <summary>A failure as the bus tells it.</summary>
    public static BusException Translate(Exception failure) => failure switch
    {
        BusException already => already,
        VideoException { Failure: VideoFailure.Busy } busy => BusException.Busy(busy.Message),
        VideoException { Failure: VideoFailure.Unsupported or VideoFailure.FormatHeld } cannot => BusException.Unsupported(cannot.Message),
        _ => BusException.Failed(failure.Message),
    };
}
