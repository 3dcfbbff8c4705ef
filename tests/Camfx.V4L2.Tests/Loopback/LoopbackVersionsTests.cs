namespace Camfx.V4L2.Tests.Loopback;

public class LoopbackVersionsTests
{
    [Theory]
    [InlineData("0.12.7", 0, 12, 7)]
    [InlineData("0.15.0\n", 0, 15, 0)]
    [InlineData("0.14.0-12-gabcdef", 0, 14, 0)]
    [InlineData("0.13", 0, 13, 0)]
    public void A_version_is_read(string text, int major, int minor, int patch)
    {
        Assert.True(LoopbackVersion.TryParse(text, out LoopbackVersion version));
        Assert.Equal(new LoopbackVersion(major, minor, patch), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("loopback")]
    [InlineData("x.15.0")]
    public void Nonsense_is_no_version(string text) => Assert.False(LoopbackVersion.TryParse(text, out _));

    [Theory]
    [InlineData("0.15.2", "6.18.1-amd64", true)]
    [InlineData("0.15.0", "6.18.0", true)]
    [InlineData("0.15.2", "7.2.0", true)]
    [InlineData("0.15.2", "6.12.57+deb13-amd64", false)]
    [InlineData("0.15.3", "6.18.1-amd64", false)]
    [InlineData("0.14.0", "6.12.0", false)]
    [InlineData("0.12.7", "6.1.0-41-amd64", false)]
    [InlineData("0.11.0", "6.1.0", true)]
    public void A_version_that_crashes_its_kernel_is_refused(string text, string kernel, bool refused)
    {
        Assert.True(LoopbackVersion.TryParse(text, out LoopbackVersion version));
        Assert.Equal(refused, LoopbackVersions.WhyNot(version, kernel) is not null);
    }

    [Theory]
    [InlineData("0.12.7", false, false)]
    [InlineData("0.13.1", true, false)]
    [InlineData("0.14.0", true, true)]
    [InlineData("0.15.4", true, true)]
    public void Each_version_can_what_it_can(string text, bool control, bool tokens)
    {
        Assert.True(LoopbackVersion.TryParse(text, out LoopbackVersion version));
        Assert.Equal(control, LoopbackVersions.HasControl(version));
        Assert.Equal(tokens, LoopbackVersions.HasTokens(version));
    }

    [Theory]
    [InlineData(null, false, false, null)]
    [InlineData("0.15.3\n", true, true, "0.15.3")]
    [InlineData(null, true, true, "0.13.0")] // it does not tell, but has a control node
    [InlineData(null, true, false, "0.12.0")] // 0.12.7 as Debian 12 has it
    [InlineData("(unknown)", true, true, "0.13.0")]
    public void The_loaded_version_is_told_by_what_the_kernel_shows(string? text, bool loaded, bool control, string? expected)
    {
        string sysfs = Directory.CreateTempSubdirectory("camfx-sysfs-").FullName;
        if (loaded) Directory.CreateDirectory(Path.Combine(sysfs, "module/v4l2loopback"));
        if (text is not null) File.WriteAllText(Path.Combine(sysfs, "module/v4l2loopback/version"), text);
        if (control) Directory.CreateDirectory(Path.Combine(sysfs, "class/misc/v4l2loopback"));
        Assert.Equal(expected, LoopbackVersions.Loaded(sysfs)?.ToString());
        Directory.Delete(sysfs, recursive: true);
    }
}
