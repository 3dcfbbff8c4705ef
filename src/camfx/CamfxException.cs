using Camfx.FFmpeg;

namespace Camfx;

/// <summary>A failure whose message is one sentence for the user, and the exit code that goes with it.</summary>
internal sealed class CamfxException : Exception
{
    public CamfxException(ExitCode exitCode, string message, Exception? innerException = null)
        : base(message, innerException) => ExitCode = exitCode;

    public ExitCode ExitCode { get; }

    /// <summary>Whether it would work at another time: somebody uses what was to be changed.</summary>
    public bool IsBusy { get; private init; }

    /// <summary>Somebody uses what was to be changed.</summary>
    public static CamfxException Busy(string message) => new(ExitCode.Failed, message) { IsBusy = true };

    /// <summary>FFmpeg's sentence, with the exit code that goes with its reason.</summary>
    public static CamfxException Of(AvException failure) => new(
        failure.Failure switch
        {
            AvFailure.NotFound or AvFailure.IsDirectory => ExitCode.NoSuchThing,
            AvFailure.PermissionDenied => ExitCode.NotPermitted,
            _ => ExitCode.Failed,
        },
        failure.Message,
        failure);

    /// <summary>What the user typed cannot be understood.</summary>
    public static CamfxException Usage(string message) => new(ExitCode.Usage, message);
}
