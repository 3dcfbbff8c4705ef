namespace Camfx.Frames.Queue;

/// <summary>The steps of the producer between which a consumer may run; each is named after what has just become visible.</summary>
internal enum WriterStep
{
    /// <summary>Every lease word was read once.</summary>
    Scanned,

    /// <summary>The chosen slot's sequence is 0; its leases are not read again yet.</summary>
    Marked,

    /// <summary>The slot was leased meanwhile and has its sequence back.</summary>
    Restored,

    /// <summary>The slot has its new sequence; the newest word still points elsewhere.</summary>
    Sequenced,

    /// <summary>The newest word points to the slot; nobody is woken yet.</summary>
    Pointed,

    /// <summary>The wake word has changed; the waiting flags are not read yet.</summary>
    Announced,
}
