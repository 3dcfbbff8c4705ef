using Camfx.Effects.Text;

namespace Camfx.Tests.Effects;

public class ClockPatternTests
{
    private static readonly DateTimeOffset s_time = new(2026, 3, 7, 21, 5, 9, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("%H:%M:%S", "21:05:09")]
    [InlineData("%I:%M %p", "09:05 PM")]
    [InlineData("%F %T", "2026-03-07 21:05:09")]
    [InlineData("%R", "21:05")]
    [InlineData("%A, %e. %B %Y", "Saturday,  7. March 2026")]
    [InlineData("%a %b %d %y %m %j", "Sat Mar 07 26 03 066")]
    [InlineData("100%% on air", "100% on air")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void Codes_are_those_of_strftime(string pattern, string expected)
    {
        Assert.Null(ClockPattern.FirstUnknown(pattern));
        Assert.Equal(expected, ClockPattern.Format(pattern, s_time));
    }

    [Theory]
    [InlineData("%H %Q", "%Q")]
    [InlineData("100%", "%")]
    [InlineData("%é", "%é")]
    public void Others_are_named(string pattern, string unknown) => Assert.Equal(unknown, ClockPattern.FirstUnknown(pattern));

    [Fact]
    public void Every_code_listed_is_known() => Assert.Null(ClockPattern.FirstUnknown(ClockPattern.Codes));
}
