namespace Camfx.Posix.Tests;

public sealed class PosixExceptionTests
{
    [Fact]
    public void The_message_says_what_failed_on_what_and_why()
    {
        PosixException failure = PosixException.FromErrno(Errno.ENOENT, "open", "/dev/video7");
        Assert.Equal("Could not open '/dev/video7': No such file or directory (ENOENT 2).", failure.Message);
        Assert.Equal(("open", "/dev/video7", 2, "ENOENT"), (failure.Operation, failure.Path, failure.Errno, failure.ErrnoName));
        Assert.Equal("No such file or directory", failure.Description);
    }

    [Fact]
    public void Without_a_path_there_is_no_gap_in_the_message() =>
        Assert.Equal(
            "Could not create an eventfd: Too many open files (EMFILE 24).",
            PosixException.FromErrno(Errno.EMFILE, "create an eventfd").Message);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(41)]
    [InlineData(5000)]
    public void A_number_without_a_name_is_shown_as_it_is(int errno) =>
        Assert.EndsWith($"(errno {errno}).", PosixException.FromErrno(errno, "try").Message);

    [Fact]
    public void A_real_failure_carries_the_path()
    {
        PosixException failure = Assert.Throws<PosixException>(() => UnixSocket.Connect("/nonexistent/socket", UnixSocketType.Stream));
        Assert.Equal("Could not connect to '/nonexistent/socket': No such file or directory (ENOENT 2).", failure.Message);
    }
}
