using Camfx.Configuration;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>From an address to a running camera: which node, which mode, with which controls.</summary>
internal static class CaptureOpening
{
    /// <summary>Four buffers: one being filled, one waiting, one newest, one being drawn from.</summary>
    private const int Buffers = 4;

    /// <summary>The node and the mode to run it in.</summary>
    /// <param name="devices">The machine's.</param>
    /// <param name="address">What the user asked for.</param>
    /// <param name="mode">The virtual camera's, which decides what the address leaves open.</param>
    /// <param name="known">The camera there was before, and that is to come again; null: none yet.</param>
    /// <returns>Null: it is not there.</returns>
    /// <exception cref="VideoException">It is there and cannot be opened.</exception>
    /// <exception cref="CamfxException">It is there and can never be used.</exception>
    public static FoundCamera? Find(IVideoDevices devices, CaptureAddress address, CameraMode mode, VideoNode? known)
    {
        IReadOnlyList<VideoNode> candidates = known is null ? NodeChoice.Candidates(devices, address.Name)
            : NodeChoice.Again(devices, known) is { } again ? [again] : [];
        if (candidates.Count == 0 && known is null) OpenUnlisted(devices, address.Name);
        string? refusal = null;
        foreach (VideoNode node in candidates)
        {
            if (NodeChoice.IsOwn(node))
            {
                refusal ??= CaptureSentences.Own(node);
                continue;
            }

            using IVideoFile file = devices.Open(node.Path);
            var modes = VideoModes.List(file);
            if (address.FourCC != 0) modes = modes.Only(address.FourCC);
            if (modes.Best(Width(address, mode), Height(address, mode), Rate(address, mode)) is { } best) return new FoundCamera(node, best);
            refusal ??= address.FourCC == 0 ? CaptureSentences.Unreadable(node) : CaptureSentences.LacksFormat(node, address.FourCC);
        }

        return refusal is null ? null : throw new CamfxException(ExitCode.Failed, refusal);
    }

    /// <summary>The first node that an address means, whatever it can do; null: it is not there.</summary>
    /// <exception cref="CamfxException">It is there and may not be opened.</exception>
    public static VideoNode? Node(IVideoDevices devices, string name)
    {
        try
        {
            IReadOnlyList<VideoNode> candidates = NodeChoice.Candidates(devices, name);
            if (candidates.Count == 0) OpenUnlisted(devices, name);
            return candidates.Count == 0 ? null : candidates[0];
        }
        catch (VideoException failure)
        {
            throw CaptureSentences.Refusal(failure);
        }
    }

    /// <summary>Opens and starts it.</summary>
    /// <exception cref="VideoException">Busy, gone, or it does not start.</exception>
    /// <exception cref="CamfxException">The memory that was asked for cannot be had.</exception>
    public static CaptureStream Start(IVideoDevices devices, FoundCamera found, MemoryChoice memory, ControlStore controls)
    {
        IVideoFile file = devices.Open(found.Node.Path);
        CaptureMemory? slots = null;
        VideoCapture? capture = null;
        try
        {
            if (controls.Load(found.Node) is { Count: > 0 } saved) _ = new VideoControls(file).Restore(saved);
            if (memory.Forced == MemoryType.Dmabuf) slots = new CaptureMemory(found.Mode, Buffers);
            capture = VideoCapture.Open(file, found.Mode, new VideoCaptureOptions { Buffers = Buffers, Memory = memory, Slots = slots?.Slots ?? [] });
            return new CaptureStream(capture, slots);
        }
        catch (Exception failure)
        {
            // The capture, once there is one, closes the node.
            if (capture is null) file.Dispose();
            else capture.Dispose();
            slots?.Dispose();
            if (failure is PosixException refused) throw CaptureSentences.NoDmaBufs(found.Node, refused);
            throw;
        }
    }

    /// <summary>A node that is there although it is not listed says by its refusal why.</summary>
    private static void OpenUnlisted(IVideoDevices devices, string name)
    {
        if (name.StartsWith('/'))
        {
            string path = devices.Resolve(name);
            if (devices.Paths().Contains(path)) devices.Open(path).Dispose();
            return;
        }

        IReadOnlyList<string> paths = devices.Paths();
        if (paths.Count > 0 && devices.List().Count == 0) devices.Open(paths[0]).Dispose();
    }

    private static int Width(CaptureAddress address, CameraMode mode) => address.Width > 0 ? address.Width : mode.Width;

    private static int Height(CaptureAddress address, CameraMode mode) => address.Height > 0 ? address.Height : mode.Height;

    private static double Rate(CaptureAddress address, CameraMode mode) =>
        address.FramesPerSecond > 0 ? address.FramesPerSecond : mode.FrameRate.PerSecond;
}
