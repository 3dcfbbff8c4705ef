using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>
/// A node that its last program left behind as neither camera nor output. v4l2loopback before 0.14 takes only a file that has said STREAMON for a
/// writer's, and ffmpeg and OBS write without: when they end, the node is not given back, and the kernel refuses every format on it.
/// </summary>
public static class AbandonedLoopback
{
    /// <summary>Has such a node become an output again when the file is closed.</summary>
    /// <param name="file">The node, opened for writing.</param>
    /// <returns>True: it is such a node; close the file and open the node anew. False: nothing was done.</returns>
    /// <exception cref="VideoException">It is no video node, or gone.</exception>
    public static bool Revive(IVideoFile file)
    {
        VideoNode node = VideoNode.Query(file);
        if (!node.IsLoopback || node.IsOutput || node.IsCapture) return false;

        // Refused for want of buffers, but the file is a writer's from here on, and its end is heard of.
        uint type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
        _ = file.Send(VIDIOC_STREAMON, ref type);
        return true;
    }
}
