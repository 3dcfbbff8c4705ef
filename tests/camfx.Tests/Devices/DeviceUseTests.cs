using Camfx.Devices;
using Camfx.Processes;

namespace Camfx.Tests.Devices;

public sealed class DeviceUseTests
{
    private static readonly NodeHolder s_cheese = new(812, "cheese", true), s_zoom = new(90, "zoom", true);

    [Fact]
    public void WhoHasTheOnlyNodeIsNamedWithTheRemedy() => Assert.Equal(
        "/dev/video63 is in use by 'cheese' (process 812), and the next app finds it busy; close one app, and to have one more do "
        + "'camfx device set /dev/video63 readers=2' before they start.",
        DeviceUse.WhyBusy("/dev/video63", [[s_cheese]]));

    [Fact]
    public void SomebodyWhoCannotBeSeenIsAnotherUser() =>
        Assert.Contains("a program of another user", DeviceUse.WhyBusy("/dev/video63", [[]]), StringComparison.Ordinal);

    [Fact]
    public void ANodeThatIsLeftIsNoReasonToSpeak()
    {
        Assert.Null(DeviceUse.WhyBusy("/dev/video63", [[s_cheese], []]));
        Assert.Null(DeviceUse.WhyBusy("/dev/video63", [[], []]));
    }

    [Fact]
    public void BeyondFourNodesThereIsNoRemedyButToClose()
    {
        string sentence = DeviceUse.WhyBusy("/dev/video63", [[s_cheese], [s_zoom], [s_zoom], [s_cheese]])!;
        Assert.EndsWith("is in use by 'cheese' (process 812), 'zoom' (process 90), and the next app finds it busy; close one app.", sentence, StringComparison.Ordinal);
    }
}
