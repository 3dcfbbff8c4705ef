using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

/// <summary>A camera in this process that is changed while it is watched, and seen as a program sees it: through its queue.</summary>
public sealed class LiveChangeTests : IDisposable
{
    private readonly WatchedCamera _camera = new("test:solid?color=#ffffff");

    public void Dispose() => _camera.Dispose();

    [Fact]
    public void TwoHundredChangesOfTheSourceLeaveNoGapNoTornFrameAndNoCard()
    {
        string[] colors = ["#ffffff", "#000000"];
        _camera.Next();
        for (int i = 1; i <= 200; i++)
        {
            _camera.Camera.SetSource($"test:solid?color={colors[i % 2]}");
            byte wanted = i % 2 == 0 ? (byte)235 : (byte)16;
            int frames = 0;
            while (_camera.Next() != wanted) Assert.True(++frames <= 2, $"change {i} is not in the picture after {frames} frames");
        }
    }
}
