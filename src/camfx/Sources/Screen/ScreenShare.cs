using Camfx.Posix;

namespace Camfx.Sources.Screen;

/// <summary>A screen that the user has agreed to share.</summary>
/// <param name="Remote">A connection to PipeWire that sees the screen's node and nothing else.</param>
/// <param name="Node">The node there.</param>
/// <param name="Token">With it the same screen is shared again without asking; null: the user is to be asked each time.</param>
internal sealed record ScreenShare(FileDescriptor Remote, uint Node, string? Token) : IDisposable
{
    public void Dispose() => Remote.Dispose();
}
