using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>The video devices of the machine, or those a test plays.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IVideoDevices
{
    /// <summary>The folder in which nodes appear, to be watched; null: nothing is to be watched.</summary>
    string? Folder { get; }

    /// <summary>The nodes this user may open, by number.</summary>
    IReadOnlyList<VideoNode> List();

    /// <summary>The paths of all nodes, whether they may be opened or not.</summary>
    IReadOnlyList<string> Paths();

    /// <summary>The node that a path or a link to it leads to.</summary>
    string Resolve(string path);

    /// <summary>Opens a node for capture.</summary>
    /// <exception cref="VideoException">It cannot be opened.</exception>
    IVideoFile Open(string path);

    /// <summary>Whether somebody puts frames into a loopback node.</summary>
    bool HasProducer(VideoNode node);

    /// <summary>Who has the node open, as it is said in a sentence; null: nobody this user can see.</summary>
    string? Holder(string path);
}
