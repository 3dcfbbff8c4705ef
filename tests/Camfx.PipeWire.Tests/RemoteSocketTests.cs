using Camfx.PipeWire.Control;

namespace Camfx.PipeWire.Tests;

public class RemoteSocketTests
{
    [Theory]
    [InlineData(null, null, "/run/user/1", "/run/user/1/pipewire-0")]
    [InlineData("", "", "/run/user/1", "/run/user/1/pipewire-0")]
    [InlineData("other", null, "/run/user/1", "/run/user/1/other")]
    [InlineData("/srv/pw", null, "/run/user/1", "/srv/pw")]
    [InlineData(null, "/run/pw", "/run/user/1", "/run/pw/pipewire-0")]
    [InlineData(null, null, null, "/run/pipewire/pipewire-0")]
    public void The_socket_is_where_libpipewire_looks(string? remote, string? pipewireFolder, string? userFolder, string expected)
    {
        string path = RemoteSocket.FromEnvironment(variable => variable switch
        {
            "PIPEWIRE_REMOTE" => remote,
            "PIPEWIRE_RUNTIME_DIR" => pipewireFolder,
            "XDG_RUNTIME_DIR" => userFolder,
            _ => null,
        });
        Assert.Equal(expected, path);
    }
}
