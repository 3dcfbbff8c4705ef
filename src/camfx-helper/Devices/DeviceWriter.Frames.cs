using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

// The queue's side: taking frames, giving them back, sleeping until the next.
internal sealed partial class DeviceWriter
{
    private ulong _lastSequence;
    private long _lastTime;
    private long _notBefore;
    private ulong _seenSequence;
    private long _seenTime;
    private OutputSlot[] _slots = [];
    private bool _wantsSlots;
    private string? _memory;
    private long _memoryFallBacks;

    private string? Take(AttachedQueue queue, MemoryWish wish)
    {
        if (_outputs.Length == 0)
        {
            queue.Dispose();
            return _status.Reason.Length > 0 ? _status.Reason : "The device is gone.";
        }

        LetGo(null);
        if (TakeSlots(queue, wish) is string refusal)
        {
            queue.Dispose();
            return refusal;
        }

        _queue = queue;
        _held = new FrameLease?[queue.Reader.SlotCount];
        _lastSequence = _seenSequence = 0;
        _offReason = null;
        _schedule.Attach(queue.FrameTimeNs);
        return null;
    }

    private string? TakeSlots(AttachedQueue queue, MemoryWish wish)
    {
        ForgetMemory();
        _wantsSlots = false;
        bool must = wish is MemoryWish.ZeroCopy or MemoryWish.Dmabuf or MemoryWish.Userptr;
        if (wish == MemoryWish.Copy) return null;
        if (_outputs.Length > 1) return must ? "Several nodes show the same picture, so frames are copied; ask for one reader." : null;
        try
        {
            _slots = _outputs[0].TakesSlots ? queue.Slots(wish) : [];
            string? why = _outputs[0].TakesSlots ? _outputs[0].UseSlots(_slots, queue.Reader.Layout) : "this device takes frames by copying only";
            _wantsSlots = why is null;
            return why is null || !must ? null : $"Frames cannot be shown without a copy: {why}.";
        }
        catch (Exception failure) when (failure is QueueException or VideoException)
        {
            return failure.Message;
        }
    }

    private void LetGo(string? reason)
    {
        _offReason = reason;
        if (_queue is null) return;
        UseOwnBuffers();
        _queue.Dispose();
        _queue = null;
        _wantsSlots = false;
        _slots = [];
        _schedule.Detach();
    }

    private void GiveUp(string reason)
    {
        AttachedQueue queue = _queue!;
        LetGo(reason);
        _events.Detached(queue, reason);
    }

    /// <summary>Back to copying; every slot is the producer's again.</summary>
    private void UseOwnBuffers()
    {
        ForgetMemory();
        foreach (INodeOutput output in _outputs)
            if (output.UsesSlots) output.UseOwnBuffers();
        for (int slot = 0; slot < _held.Length; slot++) Release(slot);
    }

    private void ShowNewest(long now)
    {
        try
        {
            _queue!.Look();
            bool shown = TryShow();
            if (shown) _schedule.Shown(now);
            else if (_queue.HasEnded) GiveUp("The program behind this camera has ended.");
            else if (_queue.Reader.NewestSequence > _queue.Reader.LastSequence) _notBefore = now + _mode.FrameTimeNs / 4;
        }
        catch (QueueException violation)
        {
            Counters.AddViolation();
            GiveUp($"The frames were refused: {violation.Message}");
        }
        catch (PosixException failure)
        {
            GiveUp($"The frames cannot be read: {failure.Message}");
        }
    }

    private bool TryShow()
    {
        FrameQueueReader reader = _queue!.Reader;
        if (!reader.TryAcquire(out FrameLease lease)) return false;
        if (_lastSequence != 0) Counters.AddDropped((long)Math.Min(lease.Sequence - _lastSequence - 1, int.MaxValue));
        _lastSequence = lease.Sequence;
        if (_wantsSlots && !_outputs[0].UsesSlots)
        {
            // A placeholder was shown in between.
            _wantsSlots = _outputs[0].UseSlots(_slots, reader.Layout) is null;
            ForgetMemory();
        }

        if (_outputs[0].UsesSlots && TryShowSlot(lease)) return true;

        bool shown = false;
        foreach (WatchedNode node in _nodes)
            if (node.IsLookedAt) shown |= !node.Output.UsesSlots && node.Output.Write(lease.View, TimeOf(lease));
        bool whole = reader.Release(lease);
        if (shown && whole) Counters.AddFrame();
        else Counters.AddDropped(1);

        // The producer lives, and that is what is asked here.
        return true;
    }

    private bool TryShowSlot(in FrameLease lease)
    {
        INodeOutput output = _outputs[0];
        if (lease.Slot < _slots.Length && output.Queue(lease.Slot, TimeOf(lease)))
        {
            _held[lease.Slot] = lease;
            Counters.AddFrame();
            return true;
        }

        if (output.UsesSlots) return false;

        // A fault has ended it: the driver has let go of all slots, and this queue is copied from now on.
        _wantsSlots = false;
        UseOwnBuffers();
        return false;
    }

    /// <summary>What the producer says about time is its own affair, as long as it is a time that can be.</summary>
    private long TimeOf(in FrameLease lease)
    {
        long now = _clock(), captured = lease.Timing.CaptureTime;
        return captured <= now && captured > now - 1_000_000_000 && captured > _lastTime ? _lastTime = captured : _lastTime = now;
    }

    private void TakeSlotsBack()
    {
        if (_outputs.Length == 0 || !_outputs[0].UsesSlots) return;
        while (_outputs[0].TryDequeue(out int slot)) Release(slot);
    }

    private void Release(int slot)
    {
        if ((uint)slot >= (uint)_held.Length || _held[slot] is not { } lease) return;
        _held[slot] = null;
        _ = _queue!.Reader.Release(lease);
    }

    /// <summary>Whether the producer publishes, although nobody watches. Its frames are not looked at.</summary>
    private bool HasNews()
    {
        ulong newest = _queue!.Reader.NewestSequence;
        long now = _clock();
        if (newest != _seenSequence) (_seenSequence, _seenTime) = (newest, now);
        return newest > 0 && now - _seenTime < 2 * FeedSchedule.QuietIntervalNs;
    }

    private string MemoryNow()
    {
        // Its reasons are a text that is put together: only when a fault has changed them, or a queue.
        if (_memory is null || _memoryFallBacks != Counters.FallBacks) (_memory, _memoryFallBacks) = (_outputs[0].Memory, Counters.FallBacks);
        return _memory;
    }

    private void ForgetMemory() => _memory = null;

    /// <summary>Sleeps until a frame, a command, an app that comes or goes, or the time.</summary>
    private void Sleep(long until)
    {
        long now = _clock();
        if (until <= now || !_commands.IsEmpty) return;
        AttachedQueue? queue = _schedule.PhaseAt(now) >= FeedPhase.Starting ? _queue : null;
        long look = Math.Max(_schedule.NextLook, _notBefore);
        if (queue is not null && now < look)
        {
            // Too early for the next frame, or the last one that was told of was none: the queue is not listened to.
            SleepInPoll(Math.Min(until, look), socket: null);
            return;
        }

        if (queue is null) SleepInPoll(until, socket: null);
        else if (queue.Socket is { } socket && _shown != FeedPhase.Streaming) SleepOnSocket(queue, socket, until);
        else SleepOnQueue(queue.Reader, Math.Min(until, now + LongestSleepNs));
    }

    private void SleepOnQueue(FrameQueueReader reader, long until)
    {
        if (reader.Wait(reader.LastSequence, until) || reader.State != QueueState.Live) return;

        // Woken for nothing again and again: a hostile producer does not keep this thread busy.
        long now = _clock();
        if (now < until) SleepInPoll(Math.Min(until, now + _mode.FrameTimeNs / 4), socket: null);
    }

    private void SleepOnSocket(AttachedQueue queue, FileDescriptor socket, long until)
    {
        bool due = queue.BeginPoll();
        try
        {
            if (!due) SleepInPoll(until, socket);
        }
        finally
        {
            try
            {
                queue.EndPoll();
            }
            catch (QueueException violation)
            {
                Counters.AddViolation();
                GiveUp($"The frames were refused: {violation.Message}");
            }
        }
    }

    private void SleepInPoll(long until, FileDescriptor? socket)
    {
        int count = 0;
        _polled[count++] = new PollDescriptor(_wake.Descriptor, PollEvents.Readable);
        if (socket is not null) _polled[count++] = new PollDescriptor(socket, PollEvents.Readable);
        int firstNode = count;
        foreach (WatchedNode node in _nodes)
            if (node.Output.Descriptor is { } descriptor && !node.IsDeaf) _polled[count++] = new PollDescriptor(descriptor, PollEvents.Priority);
        long left = until == long.MaxValue ? Poll.NoTimeout : Math.Max(0, until - _clock());
        if (Poll.Wait(_polled.AsSpan(0, count), left) == 0) return;
        if (_polled[0].Returned != PollEvents.None) _wake.Drain();

        // A node that answers something else than was asked, as one in error does, would keep the thread awake.
        for (int i = firstNode, node = 0; node < _nodes.Length; node++)
        {
            if (_nodes[node].Output.Descriptor is null || _nodes[node].IsDeaf) continue;
            PollEvents answered = _polled[i++].Returned;
            if (answered != PollEvents.None && (answered & PollEvents.Priority) == PollEvents.None) _nodes[node].IsDeaf = true;
        }
    }
}
