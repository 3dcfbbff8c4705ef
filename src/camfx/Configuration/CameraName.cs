using System.Text;
using Camfx.Frames.Queue;

namespace Camfx.Configuration;

/// <summary>The rules for a camera's name: it must fit a V4L2 card label and the queue's socket, and every list it is shown in.</summary>
internal static class CameraName
{
    public const string Default = "camfx";

    /// <summary>Bytes of UTF-8 a card label has room for (<c>v4l2_capability.card</c> less its end).</summary>
    public const int MaxBytes = FrameQueueAddress.MaxNameLength;

    /// <summary>The name itself, if it is a good one.</summary>
    /// <exception cref="CamfxException">Empty, too long, or with characters that break lists and paths.</exception>
    public static string Check(string name)
    {
        if (name.Length == 0 || name.Trim() != name)
            throw CamfxException.Usage($"The camera name '{name}' is empty or has spaces at its ends; use for example --name camfx.");
        int bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > MaxBytes)
            throw CamfxException.Usage($"The camera name '{name}' has {bytes} bytes, and a device label has room for {MaxBytes}; shorten it.");
        foreach (char character in name)
        {
            if (char.IsControl(character) || character is '/' or '%')
                throw CamfxException.Usage($"The camera name '{name}' has a control character, '/' or '%' in it; leave it out.");
        }

        if (!FrameQueueAddress.IsName(name))
            throw CamfxException.Usage($"The camera name '{name}' cannot name the camera's queue; leave out the '.' at its start.");
        return name;
    }
}
