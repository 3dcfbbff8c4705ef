using System.Diagnostics;
using Camfx.Processes;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Processes;

public sealed class NodeHoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AProcessThatHasTheNodeOpenIsNamed()
    {
        string node = _folder.File("node");
        File.WriteAllText(node, "");
        using Process holder = Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec 3<\"$0\"; echo open; exec sleep 100 >&-", node]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("open", holder.StandardOutput.ReadLine());
            _ = holder.StandardOutput.Read(); // its end: sleep has taken over
            NodeHolder found = Assert.Single(NodeHolders.Of(node));
            Assert.Equal((holder.Id, "sleep", false), (found.ProcessId, found.Name, found.HasMapped));
        }
        finally
        {
            holder.Kill();
        }
    }

    [Fact]
    public void WhoMapsItStandsFirst()
    {
        string processes = _folder.File("proc");
        Make(processes, 7, "looker", "/dev/video0", "");
        Make(processes, 9, "streamer", "/dev/video0", "7f00-7f01 rw-s 00000000 00:06 500                        /dev/video0\n");
        Make(processes, 11, "other", "/dev/video01", "7f00-7f01 rw-s 00000000 00:06 500                        /x/dev/video0\n");
        Directory.CreateDirectory(Path.Combine(processes, "sys"));

        Assert.Equal(
            [new NodeHolder(9, "streamer", true), new NodeHolder(7, "looker", false)],
            NodeHolders.Of("/dev/video0", processes));
    }

    [Fact]
    public void ThisProcessIsLeftOut()
    {
        string node = _folder.File("node");
        using FileStream own = File.Create(node);
        Assert.Empty(NodeHolders.Of(node));
    }

    private static void Make(string processes, int id, string name, string open, string maps)
    {
        string folder = Path.Combine(processes, $"{id}");
        Directory.CreateDirectory(Path.Combine(folder, "fd"));
        File.WriteAllText(Path.Combine(folder, "comm"), name + "\n");
        File.WriteAllText(Path.Combine(folder, "maps"), maps);
        File.CreateSymbolicLink(Path.Combine(folder, "fd", "3"), open);
    }
}
