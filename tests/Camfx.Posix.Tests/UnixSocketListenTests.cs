namespace Camfx.Posix.Tests;

public sealed class UnixSocketListenTests : IDisposable
{
    private const UnixFileMode OnlyThisUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(UnixSocketType.Stream)]
    [InlineData(UnixSocketType.SequencedPacket)]
    public void A_client_connects_and_is_known(UnixSocketType type)
    {
        string path = _folder.At("socket");
        using FileDescriptor listener = UnixSocket.Listen(path, type);
        using FileDescriptor client = UnixSocket.Connect(path, type);
        using FileDescriptor server = UnixSocket.Accept(listener);

        PeerCredentials peer = UnixSocket.Credentials(server);
        Assert.Equal(Environment.ProcessId, peer.ProcessId);
        Assert.Equal(FileStatus.OfPath(path)!.Value.UserId, peer.UserId);
        UnixSocket.Send(client, "hello"u8);
        byte[] buffer = new byte[8];
        using ReceivedMessage message = UnixSocket.Receive(server, buffer);
        Assert.Equal("hello"u8, buffer.AsSpan(0, message.Length));
    }

    [Fact]
    public void A_name_that_starts_with_an_at_lies_in_no_folder()
    {
        string name = $"@camfx-test-{Environment.ProcessId}";
        using System.Net.Sockets.Socket listener = new(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Dgram, 0);
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint("\0" + name[1..]));
        using FileDescriptor client = UnixSocket.Connect(name, UnixSocketType.Datagram);
        Assert.True(UnixSocket.Send(client, "READY=1"u8));
        byte[] buffer = new byte[32];
        Assert.Equal("READY=1"u8, buffer.AsSpan(0, listener.Receive(buffer)));
    }

    [Fact]
    public void Missing_folders_are_made_for_this_user_only_and_so_is_the_socket()
    {
        using FileDescriptor listener = UnixSocket.Listen(_folder.At("one/two/socket"), UnixSocketType.Stream);
        Assert.Equal(OnlyThisUser, FileStatus.OfPath(_folder.At("one"))!.Value.Mode);
        Assert.Equal(OnlyThisUser, FileStatus.OfPath(_folder.At("one/two"))!.Value.Mode);
        Assert.Equal(OnlyThisUser, FileStatus.OfPath(_folder.At("one/two/socket"))!.Value.Mode);
    }

    [Fact]
    public void A_socket_whose_listener_died_is_replaced()
    {
        string path = _folder.At("socket");
        UnixSocket.Listen(path, UnixSocketType.SequencedPacket).Dispose();
        PosixException dead = Assert.Throws<PosixException>(() => UnixSocket.Connect(path, UnixSocketType.SequencedPacket));
        Assert.Equal(Errno.ECONNREFUSED, dead.Errno);

        using FileDescriptor listener = UnixSocket.Listen(path, UnixSocketType.SequencedPacket);
        UnixSocket.Connect(path, UnixSocketType.SequencedPacket).Dispose();
    }

    [Theory]
    [InlineData(UnixSocketType.Stream)]
    [InlineData(UnixSocketType.SequencedPacket)]
    public void A_socket_with_a_living_listener_is_left_alone(UnixSocketType other)
    {
        string path = _folder.At("socket");
        using FileDescriptor listener = UnixSocket.Listen(path, UnixSocketType.SequencedPacket);

        PosixException refusal = Assert.Throws<PosixException>(() => UnixSocket.Listen(path, other));
        Assert.Equal(Errno.EADDRINUSE, refusal.Errno);
        UnixSocket.Connect(path, UnixSocketType.SequencedPacket).Dispose();
    }

    [Fact]
    public void A_listener_too_busy_to_accept_is_a_living_one()
    {
        string path = _folder.At("socket");
        using FileDescriptor listener = UnixSocket.Listen(path, UnixSocketType.Stream, backlog: 1);
        using FileDescriptor one = UnixSocket.Connect(path, UnixSocketType.Stream);
        using FileDescriptor two = UnixSocket.Connect(path, UnixSocketType.Stream);
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<PosixException>(() => UnixSocket.Listen(path, UnixSocketType.Stream)).Errno);
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        string path = _folder.At("precious");
        File.WriteAllText(path, "data");
        Assert.Equal(Errno.EEXIST, Assert.Throws<PosixException>(() => UnixSocket.Listen(path, UnixSocketType.Stream)).Errno);
        Assert.Equal("data", File.ReadAllText(path));
    }

    [Fact]
    public void Of_many_who_want_one_path_at_once_one_gets_it()
    {
        string path = _folder.At("socket");
        UnixSocket.Listen(path, UnixSocketType.Stream).Dispose();
        using Barrier start = new(8);
        FileDescriptor?[] listeners = new FileDescriptor?[8];
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                listeners[index] = UnixSocket.Listen(path, UnixSocketType.Stream);
            }
            catch (PosixException refusal) when (refusal.Errno == Errno.EADDRINUSE)
            {
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        FileDescriptor winner = Assert.Single(listeners, listener => listener is not null)!;
        Assert.Equal([path], _folder.Entries);
        UnixSocket.Connect(path, UnixSocketType.Stream).Dispose();
        winner.Dispose();
    }

    [Fact]
    public void A_path_too_long_for_an_address_is_refused_by_name()
    {
        string path = _folder.At(new string('n', 107));
        PosixException refusal = Assert.Throws<PosixException>(() => UnixSocket.Connect(path, UnixSocketType.Stream));
        Assert.Equal(Errno.ENAMETOOLONG, refusal.Errno);
        Assert.Throws<PosixException>(() => UnixSocket.Listen(path, UnixSocketType.Stream));
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void A_path_is_utf8()
    {
        string path = _folder.At("küche-カメラ");
        using FileDescriptor listener = UnixSocket.Listen(path, UnixSocketType.Stream);
        Assert.True(File.Exists(path));
        UnixSocket.Connect(path, UnixSocketType.Stream).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder.At("file"), "");
        PosixException refusal = Assert.Throws<PosixException>(() => UnixSocket.Listen(_folder.At("file/socket"), UnixSocketType.Stream));
        Assert.Contains(_folder.At("file"), refusal.Message);
    }
}
