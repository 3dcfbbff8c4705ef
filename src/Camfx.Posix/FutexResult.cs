namespace Camfx.Posix;

/// <summary>Why a wait on a futex word ended.</summary>
public enum FutexResult
{
    /// <summary>Somebody woke the word, or the kernel did for no reason: read the word again.</summary>
    Woken,

    /// <summary>The word had another value already; there was no wait.</summary>
    ValueChanged,

    /// <summary>The deadline passed.</summary>
    TimedOut,
}
