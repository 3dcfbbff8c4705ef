namespace Camfx.Posix;

/// <summary>How a process ended.</summary>
/// <param name="ExitStatus">What it returned, 0 to 255; -1 when a signal killed it or nobody knows.</param>
/// <param name="Signal">The signal that killed it; 0 when it ended by itself.</param>
public readonly record struct ProcessEnd(int ExitStatus, int Signal)
{
    // The layout of wait(2)'s status is the kernel's: the signal in the low seven bits, the exit status in the next byte.
    internal static ProcessEnd FromWaitStatus(int status)
    {
        int signal = status & 0x7f;
        return signal == 0 ? new ProcessEnd((status >> 8) & 0xff, 0) : new ProcessEnd(-1, signal);
    }
}
