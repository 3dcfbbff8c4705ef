using System.Runtime.InteropServices;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>Programs in C and Python and another version of the queue: they refuse, and say what to do.</summary>
public sealed class ForeignVersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-").FullName;

    private string Socket => Path.Combine(_folder, "test");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("C", 0u)]
    [InlineData("C", 2u)]
    [InlineData("Python", 0u)]
    [InlineData("Python", 2u)]
    public void AProducerRefusesAConsumerOfAnotherVersion(string language, uint version)
    {
        using var producer = ForeignProducer.Start(language, Socket);
        using FileDescriptor socket = UnixSocket.Connect(Socket, UnixSocketType.SequencedPacket);
        var hello = new HelloMessage { Kind = MessageKind.Hello, Version = version, Magic = WireFormat.QueueMagic, Leases = 2 };
        UnixSocket.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<HelloMessage>(in hello)));
        RefusedMessage refused = default;
        using ReceivedMessage answer = UnixSocket.Receive(socket, MemoryMarshal.AsBytes(new Span<RefusedMessage>(ref refused)), maximumDescriptors: 2);
        Assert.Equal((MessageKind.Refused, WireFormat.Version), (refused.Kind, refused.Version));
        Assert.Contains(WireFormat.OtherVersion, refused.Reason(), StringComparison.Ordinal);
        Assert.Contains($"version {WireFormat.Version}", refused.Reason(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(false, "message")]
    [InlineData(false, "header")]
    [InlineData(false, "control page")]
    [InlineData(true, "message")]
    [InlineData(true, "header")]
    [InlineData(true, "control page")]
    public async Task AConsumerRefusesAProducerOfAnotherVersion(bool python, string where)
    {
        Skip.IfNot(python ? ForeignReader.HasPython : ForeignReader.HasCompiler, "python3 or gcc is not installed");
        using FileDescriptor listener = UnixSocket.Listen(Socket, UnixSocketType.SequencedPacket, 1);
        Task<string> complaint = Task.Run(() => ForeignReader.Complaint(Socket, python));
        using ForgedQueue queue = new();
        using FileDescriptor socket = UnixSocket.Accept(listener);
        using (UnixSocket.Receive(socket, new byte[64]))
        {
            if (where != "message") SetVersion(queue, where);
            WelcomeMessage welcome = new() { Kind = MessageKind.Welcome, Version = where == "message" ? 2 : WireFormat.Version, Generation = 1, Share = 2 };
            UnixSocket.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<WelcomeMessage>(in welcome)), [queue.Memory, queue.Control]);
        }

        Assert.Contains(WireFormat.OtherVersion, await complaint, StringComparison.Ordinal);
    }

    private static unsafe void SetVersion(ForgedQueue queue, string where)
    {
        using MemoryMapping page = MemoryMapping.Map(queue.Control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        *(where == "header" ? &queue.Header->Version : &((ControlPage*)page.Address)->Version) = 2;
    }
}
