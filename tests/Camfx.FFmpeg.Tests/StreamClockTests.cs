using Camfx.FFmpeg.Interop;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.FFmpeg.Tests;

public sealed class StreamClockTests
{
    private const long Second = 1_000_000_000;

    private static StreamClock Milliseconds(long start = 0) =>
        new(new TimeBase(new AVRational { num = 1, den = 1000 }), start, new Rational(25, 1));

    [Fact]
    public void TimeCountsFromTheFirstPicture()
    {
        StreamClock clock = Milliseconds(start: 1400);
        Assert.Equal(0, clock.Advance(1400, Second / 25));
        Assert.Equal(Second / 25, clock.Advance(1440, Second / 25));
    }

    [Fact]
    public void APictureWithoutATimeFollowsTheOneBeforeIt()
    {
        StreamClock clock = Milliseconds();
        clock.Advance(0, Second / 25);
        Assert.Equal(Second / 25, clock.Advance(LibAv.AV_NOPTS_VALUE, Second / 25));
        Assert.Equal(2 * Second / 25, clock.Advance(LibAv.AV_NOPTS_VALUE, Second / 25));
    }

    [Fact]
    public void ANewBeginningGoesOnFromTheEnd()
    {
        StreamClock clock = Milliseconds();
        for (int i = 0; i < 100; i++) clock.Advance(i * 40, Second / 25);
        Assert.Equal(4 * Second, clock.Advance(0, Second / 25));
        Assert.Equal(4 * Second + Second / 25, clock.Advance(40, Second / 25));
    }

    [Fact]
    public void ASeekMayGoBack()
    {
        StreamClock clock = Milliseconds();
        clock.Advance(5000, Second / 25);
        clock.Restart(Second);
        Assert.Equal(Second, clock.Advance(1000, Second / 25));
    }

    [Fact]
    public void TimeNeverStandsStillOrGoesBack() =>
        Prop.ForAll<int[]>(timestamps =>
        {
            StreamClock clock = Milliseconds();
            long last = long.MinValue;
            foreach (int timestamp in timestamps)
            {
                long time = clock.Advance(timestamp, Second / 25);
                if (time <= last) return false;
                last = time;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ATimeAndItsTimestampAgreeToTheUnit() =>
        Prop.ForAll<int, int>((unit, milliseconds) =>
        {
            var timeBase = new TimeBase(new AVRational { num = 1, den = Math.Abs(unit % 100_000) + 1 });
            long time = Math.Abs((long)milliseconds) * 1_000_000;
            long back = timeBase.ToNanoseconds(timeBase.FromNanoseconds(time));
            return back <= time + 1 && time - back <= Second / (Math.Abs(unit % 100_000) + 1) + 1;
        }).QuickCheckThrowOnFailure();
}
