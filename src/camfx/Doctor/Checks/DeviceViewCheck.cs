using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>Asks camfx's devices what an app asks a camera, in the way it does, and says which of its conditions fails.</summary>
/// <param name="app">The app, as it stands in a sentence.</param>
internal abstract class DeviceViewCheck(string app) : Check($"{app}, devices")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        foreach (SeenNode device in SeenNode.List(machine).Where(static node => node.IsOurs))
        {
            string path = device.Node.Path;
            yield return WhyNot(machine, path) is { } why
                ? Problem($"{app} does not list {path}: {why}.", Remedy(path))
                : Ok($"{app} lists {path}.");
        }
    }

    /// <summary>The first condition that fails, as it follows a colon.</summary>
    protected abstract string? WhyNot(IVideoFile file);

    protected virtual string Remedy(string path) => "sudo systemctl restart camfx-helper.service; camfx device list";

    protected static string List(IEnumerable<uint> codes) => string.Join(", ", codes.Select(Frames.FourCC.ToString));

    private string? WhyNot(IMachine machine, string path)
    {
        try
        {
            using IVideoFile file = machine.Video.Open(path, MapAccess.Read);
            return WhyNot(file);
        }
        catch (VideoException failure)
        {
            return $"it cannot be opened for reading ({failure.Message.TrimEnd('.')})";
        }
    }
}
