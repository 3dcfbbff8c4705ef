using Camfx.Frames.Queue;

namespace Camfx.Frames.Tests.Queue;

/// <summary>A queue and its server in a folder of their own.</summary>
internal sealed class TestCamera : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-").FullName;

    public TestCamera(FrameLayout? layout = null, int leaseLimit = 6)
    {
        Writer = FrameQueueWriter.Create(Queues.Options(leaseLimit, layout));
        Host = new TestHost(Writer);
        Path = FrameQueueAddress.PathOf(_folder, "test");
        Server = new FrameQueueServer(Path, Host);
    }

    public FrameQueueWriter Writer { get; set; }

    public TestHost Host { get; }

    public FrameQueueServer Server { get; }

    public string Path { get; }

    public string RuntimeDirectory => _folder;

    public void Dispose()
    {
        Server.Dispose();
        Writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
