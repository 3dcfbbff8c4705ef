using Camfx.Posix;
using Camfx.Processes;
using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>A video node that could be opened, and who has it.</summary>
internal sealed record SeenNode(VideoNode Node)
{
    /// <summary>Whether it is a device of camfx's, by its name: camfx, or camfx and a camera's name.</summary>
    public bool IsOurs => IsOurName(Node.Card) && !(Node.IsAkvcam && Node.IsOutput);

    /// <summary>Whether it is a camera that is plugged in.</summary>
    public bool IsCamera => Node is { IsCapture: true, IsLoopback: false, IsAkvcam: false } && !IsOurs;

    /// <summary>Whether a name is one that camfx gives.</summary>
    public static bool IsOurName(string name) => name == "camfx" || name.StartsWith("camfx ", StringComparison.Ordinal);

    /// <summary>The nodes that can be opened.</summary>
    public static IReadOnlyList<SeenNode> List(IMachine machine)
    {
        List<SeenNode> nodes = [];
        foreach (string path in machine.Video.Paths())
        {
            try
            {
                using IVideoFile file = machine.Video.Open(path, MapAccess.Read);
                nodes.Add(new SeenNode(VideoNode.Query(file)));
            }
            catch (VideoException)
            {
                // Not for this user, which another check says; or gone.
            }
        }

        return nodes;
    }

    /// <summary>Who streams from it besides camfx.</summary>
    public IEnumerable<NodeHolder> Streamers(IMachine machine) =>
        machine.Processes.HoldersOf(Node.Path).Where(static holder => holder.HasMapped && !holder.Name.StartsWith("camfx", StringComparison.Ordinal));
}
