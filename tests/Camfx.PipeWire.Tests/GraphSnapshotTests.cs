using Camfx.Frames;
using Camfx.PipeWire.Tests.Producer;
using Camfx.PipeWire.Tests.Session;
using Camfx.Posix;

namespace Camfx.PipeWire.Tests;

public sealed class GraphSnapshotTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public void A_camera_is_seen_with_all_it_tells_and_offers()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = new(new CameraNodeOptions("camfx-test", "A camera", 320, 240, 30) { Socket = session.Socket });
        camera.Start();
        MediaSession.Until(() => camera.Node.Status.State == CameraNodeState.Paused, "the node");
        var snapshot = GraphSnapshot.Take(s_patience, session.Socket);
        SnapshotNode node = Assert.Single(snapshot.Nodes, static node => node["node.name"] == "camfx-test");
        Assert.True(node.IsVideoSource);
        Assert.Equal(("Camera", "A camera", "camfx-test"), (node["media.role"], node["node.description"], node[CameraNode.CameraProperty]));
        Assert.Equal(camera.Node.Status.NodeId, node.Id);
        Assert.Equal([PixelFormat.I420, PixelFormat.Nv12, PixelFormat.Yuyv, PixelFormat.Bgra], node.Formats.Select(static format => format.Format));
        Assert.All(node.Formats, static format =>
            Assert.Equal((true, true, 320, 240, 30.0, false),
            (format.IsOneFormat, format.IsOneSize, format.Width, format.Height, format.FramesPerSecond, format.IsRateRange)));
        Assert.Contains(snapshot.Clients, static name => name.StartsWith("WirePlumber", StringComparison.Ordinal));
        Assert.Matches(@"^\d+\.\d+\.\d+", snapshot.Version);
    }

    [Fact]
    public void Without_a_daemon_it_says_so() =>
        Assert.Contains("/nonexistent/pipewire-0", Assert.Throws<IOException>(() => GraphSnapshot.Take(s_patience, "/nonexistent/pipewire-0")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_daemon_that_says_nothing_is_not_waited_for_for_ever()
    {
        string folder = Directory.CreateTempSubdirectory("camfx-pw-").FullName;
        try
        {
            string path = Path.Combine(folder, "pipewire-0");
            using FileDescriptor silent = UnixSocket.Listen(path, UnixSocketType.Stream, 4);
            Assert.Contains("did not answer", Assert.Throws<IOException>(() => GraphSnapshot.Take(TimeSpan.FromMilliseconds(50), path)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
