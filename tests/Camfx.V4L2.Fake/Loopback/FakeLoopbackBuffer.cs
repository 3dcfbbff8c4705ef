namespace Camfx.V4L2.Fake;

/// <summary>One buffer of a loopback device: its pages are the writer's and the readers' alike.</summary>
internal sealed class FakeLoopbackBuffer(int size)
{
    internal FakeMemory Memory { get; } = new(size);

    internal uint Used { get; set; } = (uint)size;

    internal long TimestampNs { get; set; }

    internal uint Sequence { get; set; }

    /// <summary>Copied from the writer's: then it is not the driver's clock.</summary>
    internal bool CopiedTime { get; set; }

    internal int Mappings { get; set; }
}
