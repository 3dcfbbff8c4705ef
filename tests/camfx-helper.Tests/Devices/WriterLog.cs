using Camfx.Helper.Devices;

namespace Camfx.Helper.Tests.Devices;

/// <summary>What a writer told.</summary>
internal sealed class WriterLog : IWriterEvents
{
    public List<WriterStatus> Statuses { get; } = [];

    public List<string> Detachments { get; } = [];

    public WriterStatus Last => Statuses[^1];

    public void Opened(Exception? failure)
    {
    }

    public void Changed(WriterStatus status) => Statuses.Add(status);

    public void Detached(AttachedQueue queue, string reason) => Detachments.Add(reason);
}
