namespace Camfx.Helper.Devices;

/// <summary>What a device's writer tells. Called on the writer's thread.</summary>
internal interface IWriterEvents
{
    /// <summary>Its nodes are open and the first placeholder is shown, or why not.</summary>
    void Opened(Exception? failure);

    /// <summary>Something in its status is another.</summary>
    void Changed(WriterStatus status);

    /// <summary>It gave a queue up by itself.</summary>
    void Detached(AttachedQueue queue, string reason);
}
