using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;

namespace Camfx.Helper.Tests.Persistence;

public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read()
    {
        RuntimeState state = new()
        {
            NextId = 17,
            Devices =
            [
                new DeviceRecord
                {
                    Id = 3, Label = "camfx \"Küche\" カメラ", Backend = "v4l2loopback", Owner = uint.MaxValue, Mode = new DeviceMode(1920, 1080, "YUYV", 29.97),
                    Phase = DevicePhase.Removing, AttachedBy = ":1.77", DmaBufs = 4, Memory = MemoryWish.Dmabuf,
                    Nodes = [new NodeRecord(63, "/dev/video63", "/dev/video62", true), new NodeRecord(-1, "", "", false)],
                },
                new DeviceRecord { Id = 4, Label = "x", Backend = "none", Owner = 0, Mode = new DeviceMode(16, 16, "NV12", 1) },
            ],
        };
        StateFile file = new(_folder);
        file.Write(state);
        RuntimeState read = file.Read(out string? complaint);
        Assert.Null(complaint);
        Assert.Equal(17, read.NextId);
        Assert.Equal(state.Devices[0] with { Nodes = [] }, read.Devices[0] with { Nodes = [] });
        Assert.Equal(state.Devices[0].Nodes, read.Devices[0].Nodes);
        Assert.Equal(state.Devices[1] with { Nodes = [] }, read.Devices[1] with { Nodes = [] });
        Assert.Equal(StateJson.Write(state), StateJson.Write(read));
    }

    [Fact]
    public void No_file_is_an_empty_state()
    {
        Assert.Empty(new StateFile(_folder).Read(out string? complaint).Devices);
        Assert.Null(complaint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":2,\"nextId\":1,\"devices\":[]}")]
    [InlineData("{\"version\":1,\"nextId\":1,\"devices\":[{}]}")]
    [InlineData("{\"version\":1,\"nextId\":1,\"devices\":[{\"id\":\"x\"}]}")]
    [InlineData("{\"version\":1,\"nextId\":99999999999999,\"devices\":[]}")]
    public void What_nobody_can_read_is_left_aside_with_a_word(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "state.json"), text);
        StateFile file = new(_folder);
        Assert.Empty(file.Read(out string? complaint).Devices);
        Assert.NotNull(complaint);
        file.Write(new RuntimeState { NextId = 5 });
        Assert.Equal(5, file.Read(out complaint).NextId);
        Assert.Null(complaint);
    }

    [Fact]
    public void Any_byte_cut_off_or_changed_is_survived()
    {
        StateFile file = new(_folder);
        string path = Path.Combine(_folder, "state.json");
        DeviceRecord device = new() { Id = 1, Label = "camfx", Backend = "none", Owner = 1, Mode = new DeviceMode(640, 480, "YUYV", 30) };
        file.Write(new RuntimeState { NextId = 2, Devices = [device] });
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            File.WriteAllBytes(path, whole[..i]);
            _ = file.Read(out _);
            byte[] changed = [.. whole];
            changed[i] ^= 0x11;
            File.WriteAllBytes(path, changed);
            _ = file.Read(out _);
        }
    }
}
