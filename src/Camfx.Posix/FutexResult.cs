namespace Camfx.Posix;

/// <summary>Why a wait on a futex word ended.</summary>
public enum FutexResult
{
    /// <summary>Somebody woke the word. Read it again: a wake may be meant for an earlier change (futex(2) calls it spurious).</summary>
    Woken,

    /// <summary>The word had another value already; there was no wait.</summary>
    ValueChanged,

    /// <summary>The deadline passed.</summary>
    TimedOut,
}
