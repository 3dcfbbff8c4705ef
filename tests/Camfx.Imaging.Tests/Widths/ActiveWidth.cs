using System.Runtime.Intrinsics;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>What the runtime lets this process use.</summary>
internal static class ActiveWidth
{
    /// <summary>Bits of the widest accelerated vector, 0 for none.</summary>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
