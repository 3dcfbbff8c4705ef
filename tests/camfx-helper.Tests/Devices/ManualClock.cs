namespace Camfx.Helper.Tests.Devices;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class ManualClock
{
    public long Now { get; set; } = 1_000_000_000_000;

    public void Pass(long milliseconds) => Now += milliseconds * 1_000_000;
}
