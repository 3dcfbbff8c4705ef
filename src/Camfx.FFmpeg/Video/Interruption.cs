using System.Runtime.InteropServices;
using Camfx.FFmpeg.Interop;

namespace Camfx.FFmpeg;

/// <summary>A request to stop that libavformat looks at while it waits for input. Must live as long as the context it was given to.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed unsafe class Interruption
{
    // Pinned for life: the callback reads it through its address, with no handle to resolve, and a late Request finds it in place.
    private readonly int[] _requested = GC.AllocateArray<int>(1, pinned: true);

    internal bool IsRequested => Volatile.Read(ref _requested[0]) != 0;

    internal AVIOInterruptCB Callback => new()
    {
        callback = (nint)(delegate* unmanaged<int*, int>)&Check,
        opaque = Marshal.UnsafeAddrOfPinnedArrayElement(_requested, 0),
    };

    internal void Request() => Volatile.Write(ref _requested[0], 1);

    [UnmanagedCallersOnly]
    private static int Check(int* requested) => Volatile.Read(ref *requested);
}
