using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>What cards and errors say about cameras: what is the matter, and what to do or what will happen.</summary>
internal static class CaptureSentences
{
    public static string NotThere(string name) => name.Length == 0
        ? "There is no camera here; plug one in, or choose another source, for example test:smpte."
        : $"There is no camera '{name}'; 'camfx source list' shows those there are.";

    public static string NotThereYet(string name) => name.Length == 0
        ? "There is no camera here. As soon as one is plugged in, it is shown."
        : $"There is no camera '{name}'. As soon as it is plugged in, it is shown.";

    public static string Unplugged(VideoNode node) => $"The camera '{node.Card}' was unplugged. It is shown again as soon as it is back.";

    public static string Silent(VideoNode node) => $"The camera '{node.Card}' sends no pictures. It was started anew; if nothing comes, plug it in again.";

    public static string Own(VideoNode node) => $"'{node.Card}' ({node.Path}) is camfx's own camera and cannot be its source; name another one.";

    public static string Unreadable(VideoNode node) =>
        $"The camera '{node.Card}' ({node.Path}) has no format that camfx can read; name another one. 'camfx source list' shows them.";

    public static string LacksFormat(VideoNode node, uint fourcc) =>
        $"The camera '{node.Card}' ({node.Path}) has no format {Frames.FourCC.ToString(fourcc)}; leave out 'format=' to let camfx choose.";

    public static string NotPermitted(IEnumerable<string> paths) =>
        $"This user may open none of {string.Join(", ", paths)}; log in at this machine's own screen, or join the group 'video' and log in again.";

    public static string Busy(string camera, string? holder) => holder is null
        ? $"The camera '{camera}' is in use by a program of another user. It is shown as soon as that lets go of it."
        : $"The camera '{camera}' is in use by {holder}. It is shown as soon as that lets go of it.";

    public static CamfxException NoDmaBufs(VideoNode node, PosixException refusal) => new(
        ExitCode.Failed, $"The camera '{node.Card}' cannot capture into dma-bufs here: {refusal.Message.TrimEnd('.')}; leave out 'memory=' to let camfx choose.", refusal);

    /// <summary>What a camera refused, with the exit code that goes with it.</summary>
    public static CamfxException Refusal(VideoException failure) => failure.Failure switch
    {
        VideoFailure.NotPermitted => new CamfxException(ExitCode.NotPermitted, NotPermitted([failure.Path]), failure),
        VideoFailure.NotFound or VideoFailure.Gone => new CamfxException(ExitCode.NoSuchThing, failure.Message, failure),
        _ => new CamfxException(ExitCode.Failed, failure.Message, failure),
    };
}
