namespace Camfx.Frames.Queue;

/// <summary>What a queue's producer has counted since it was created.</summary>
/// <param name="Published">Frames published.</param>
/// <param name="Abandoned">Slots begun and given back undrawn.</param>
/// <param name="Revoked">Leases no longer honoured because they were held too long.</param>
/// <param name="Contended">Slots passed over because a consumer leased them at the very moment they were chosen.</param>
/// <param name="Ignored">Lease words that named no frame of the queue when they were read: stale for a moment, or forged.</param>
/// <param name="FutexWakes">Publications that woke waiting consumers by futex: one system call each.</param>
/// <param name="Messages">Messages sent to consumers that wait on their socket: one system call each.</param>
/// <param name="MessagesDropped">Messages not sent because the consumer's socket was full.</param>
/// <param name="Leased">Leases honoured when the last slot was begun.</param>
/// <param name="Consumers">Consumers now.</param>
/// <param name="SlotsTouched">Slots that have ever held a frame: the others cost no memory.</param>
public readonly record struct FrameQueueStatistics(
    long Published,
    long Abandoned,
    long Revoked,
    long Contended,
    long Ignored,
    long FutexWakes,
    long Messages,
    long MessagesDropped,
    int Leased,
    int Consumers,
    int SlotsTouched);
