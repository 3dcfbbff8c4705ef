using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>A camera that is there, and the mode it is to run in.</summary>
/// <param name="Node">Its node now.</param>
/// <param name="Mode">The mode.</param>
internal sealed record FoundCamera(VideoNode Node, VideoMode Mode);
