namespace Camfx.V4L2.Fake;

/// <summary>What a test may make a driver refuse.</summary>
public enum FakeRequest
{
    Other,
    QueryCapability,
    EnumerateFormats,
    EnumerateSizes,
    EnumerateIntervals,
    GetFormat,
    SetFormat,
    GetParameters,
    SetParameters,
    RequestBuffers,
    QueryBuffer,
    Queue,
    Dequeue,
    StreamOn,
    StreamOff,
    Subscribe,
    SetControl,
    Map,
    Read,
    Write,
}
