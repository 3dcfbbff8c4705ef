namespace Camfx;

/// <summary>A failure whose message is one sentence for the user, and the exit code that goes with it.</summary>
internal sealed class CamfxException : Exception
{
    public CamfxException(ExitCode exitCode, string message, Exception? innerException = null)
        : base(message, innerException) => ExitCode = exitCode;

    public ExitCode ExitCode { get; }

    /// <summary>What the user typed cannot be understood.</summary>
    public static CamfxException Usage(string message) => new(ExitCode.Usage, message);
}
