using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Service.State;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service.State;

/// <summary>What is kept between two runs.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly StateFile _file;

    public StateFileTests() => _file = new StateFile(_folder.File("state"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_file_there_is_one_camera_and_nothing_to_complain_of()
    {
        ServiceState state = _file.Read(out string? complaint);

        Assert.Null(complaint);
        Assert.Equal(["camfx"], state.Cameras.Select(camera => camera.Id));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        CameraRecord camera = CameraRecord.Default with
        {
            Name = "Käte’s \"camera\"",
            Source = "file:/a b/ü?loop=1",
            Mode = new CameraMode(640, 480, new FrameRate(30000, 1001)),
            Idle = IdleMode.Off,
            Enabled = false,
            Outputs = ["queue", "device:x"],
            Effects = [new EffectSetting("7", "text", EffectSetting.NoParameters.Add("value", "a,b=\"c\"\n"), Enabled: false)],
            NextEffect = 8,
        };

        _file.Write(new ServiceState([camera, CameraRecord.Default with { Id = "b", Name = "b" }]));
        ServiceState read = _file.Read(out string? complaint);

        Assert.Null(complaint);
        CameraRecord same = read.Cameras[0] with { Effects = camera.Effects, Outputs = camera.Outputs };
        Assert.Equal(camera, same);
        Assert.Equal(camera.Effects.ToArray(), read.Cameras[0].Effects.ToArray());
        Assert.Equal(camera.Outputs.ToArray(), read.Cameras[0].Outputs.ToArray());
        Assert.Equal("b", read.Cameras[1].Id);
    }

    [Fact]
    public void Half_a_new_file_beside_the_old_one_is_nothing()
    {
        _file.Write(new ServiceState([CameraRecord.Default with { Source = "test:ball" }]));
        File.WriteAllText(_file.FilePath + ".next", "{ \"version\": 1, \"cam");

        Assert.Equal("test:ball", _file.Read(out _).Cameras[0].Source);
        _file.Write(ServiceState.Default);
        Assert.Equal("camera:", _file.Read(out _).Cameras[0].Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"version\": 2, \"cameras\": [] }")]
    [InlineData("{ \"version\": 1 }")]
    [InlineData("{ \"version\": \"1\", \"cameras\": [] }")]
    [InlineData("""{ "version": 1, "cameras": [ { "id": "../x", "name": "x", "source": "", "size": "64x64", "fps": "30", "idle": "off", "enabled": true, "outputs": [], "nextEffect": 1, "effects": [] } ] }""")]
    [InlineData("""{ "version": 1, "cameras": [ { "id": "x", "name": "x", "source": "", "size": "63x64", "fps": "30", "idle": "off", "enabled": true, "outputs": [], "nextEffect": 1, "effects": [] } ] }""")]
    [InlineData("""{ "version": 1, "cameras": [ { "id": "x", "name": "x", "source": "", "size": "64x64", "fps": "30", "idle": "off", "enabled": true, "outputs": [ null ], "nextEffect": 1, "effects": [] } ] }""")]
    public void What_cannot_be_read_is_set_aside_as_it_is(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FilePath)!);
        File.WriteAllText(_file.FilePath, text);

        ServiceState state = _file.Read(out string? complaint);

        Assert.Equal(["camfx"], state.Cameras.Select(camera => camera.Id));
        Assert.Contains("set aside as", complaint, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_file.FilePath + ".unreadable"));
        Assert.False(File.Exists(_file.FilePath));
    }

    [Fact]
    public void Everybody_who_saved_is_told_and_the_last_state_is_the_files()
    {
        int told = 0;
        using (StateSaver saver = new(_file))
        {
            for (int i = 0; i < 100; i++)
                saver.Save(new ServiceState([CameraRecord.Default with { NextEffect = i }]), failure => Interlocked.Add(ref told, failure is null ? 1 : 1000));
        }

        Assert.Equal(100, told);
        Assert.Equal(99, _file.Read(out _).Cameras[0].NextEffect);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_to_who_saved()
    {
        File.WriteAllText(_folder.File("state"), "in the way");
        Exception? told = null;
        using (StateSaver saver = new(_file)) saver.Save(ServiceState.Default, failure => told = failure);

        Assert.Contains("cannot be saved", Assert.IsType<CamfxException>(told).Message, StringComparison.Ordinal);
    }
}
