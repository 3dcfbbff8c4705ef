using System.Runtime.CompilerServices;
using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Fuzz;

/// <summary>
/// The product's reader, used in every way, each result looked at: what it hands out must lie in its slot, every byte of it is read, and what it says must be
/// what the protocol allows.
/// </summary>
internal sealed unsafe class ReaderUnderTest : IDisposable
{
    // A call looks for the newest frame 8 times at most, with five steps each time.
    private const int MostSteps = 8 * 5;

    private readonly FrameQueueReader _reader;
    private readonly MemoryMapping _mapping;
    private readonly FrameBuffer _copy;
    private readonly List<FrameLease> _leases = [];
    private int _steps;

    public ReaderUnderTest(FrameQueueReader reader)
    {
        _reader = reader;
        _mapping = QueueOf(reader);
        _copy = new FrameBuffer(reader.Layout, reader.Matrix, reader.Range);
        reader.Interleave = _ =>
        {
            _steps++;
            Adversary?.Invoke();
        };
    }

    /// <summary>Runs between any two steps of the reader.</summary>
    public Action? Adversary { get; set; }

    /// <summary>How long it sleeps when it waits, ns.</summary>
    public long Patience { get; set; }

    public byte* Address => _mapping.Address;

    public long Frames { get; private set; }

    public int LongestCall { get; private set; }

    /// <summary>One call, chosen by a number; with its refusal, if it refuses.</summary>
    /// <param name="choice">Which call.</param>
    /// <param name="expected">What must come of the search for a frame; null when the memory changes meanwhile.</param>
    public QueueError? Call(int choice, Outcome? expected)
    {
        _steps = 0;
        QueueError? refusal = Try(choice, expected);
        LongestCall = Math.Max(LongestCall, _steps);
        return _steps <= MostSteps ? refusal : throw new Violation($"a call took {_steps} steps, expected {MostSteps} at most");
    }

    /// <summary>What the next search for a frame must find, by the specification, as long as nobody writes.</summary>
    /// <param name="header">The header as it was when the queue was attached to.</param>
    /// <param name="newest">The newest word now.</param>
    /// <param name="slots">The descriptors now.</param>
    /// <param name="copying">Whether it needs no lease.</param>
    public Outcome Expect(in QueueHeader header, ulong newest, SlotDescriptor* slots, bool copying)
    {
        var word = new FrameWord(newest);
        if (word.Sequence <= _reader.LastSequence) return Outcome.Nothing;
        if (word.Slot >= header.SlotCount) return Outcome.Refused;
        if (!copying && _leases.Count == _reader.Share) return Outcome.Nothing;
        if (slots[word.Slot].Sequence != word.Sequence) return Outcome.Nothing;
        return Specification.IsPossible(slots[word.Slot], header) ? Outcome.Frame : Outcome.Refused;
    }

    public void Dispose()
    {
        while (_leases.Count > 0) ReleaseOne();
        if (_reader.Leased != 0) throw new Violation($"{_reader.Leased} leases are left");
        _reader.Dispose();
        _copy.Dispose();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_queue")]
    private static extern ref MemoryMapping QueueOf(FrameQueueReader reader);

    private QueueError? Try(int choice, Outcome? expected)
    {
        try
        {
            switch (choice % 6)
            {
                case 0 or 1:
                    Acquire(expected);
                    break;
                case 2:
                    Copy(expected);
                    break;
                case 3:
                    ReleaseOne();
                    break;
                case 4:
                    _ = _reader.Wait(_reader.LastSequence, Patience == 0 ? 0 : MonotonicClock.Now + Patience);
                    break;
                default:
                    _ = _reader.AskForMessage((choice & 1) != 0, _reader.LastSequence);
                    if (!Enum.IsDefined(_reader.State)) throw new Violation($"the queue's state is '{_reader.State}'");
                    break;
            }

            return null;
        }
        catch (QueueException refusal)
        {
            if (refusal.Error != QueueError.BadFrame) throw new Violation($"a call on an attached queue says {refusal.Error}: {refusal.Message}");
            if (expected is { } known && known != Outcome.Refused) throw new Violation($"the newest frame is {known}, but the reader refuses: {refusal.Message}");
            return refusal.Error;
        }
    }

    private void Acquire(Outcome? expected)
    {
        ulong before = _reader.LastSequence;
        bool found = _reader.TryAcquire(out FrameLease lease);
        Compare(found, expected);
        if (!found) return;
        if (lease.Sequence <= before || _reader.LastSequence != lease.Sequence) throw new Violation($"frame {lease.Sequence} came after {before}");
        _leases.Add(lease);
        Touch(lease);
    }

    private void Copy(Outcome? expected)
    {
        bool found = _reader.TryCopyNewest(_copy.View, out _);
        Compare(found, expected);
        if (found) Frames++;
    }

    private void ReleaseOne()
    {
        if (_leases.Count == 0) return;
        FrameLease lease = _leases[^1];
        _leases.RemoveAt(_leases.Count - 1);
        _ = _reader.Release(lease);
    }

    private static void Compare(bool found, Outcome? expected)
    {
        if (expected is { } known && found != (known == Outcome.Frame)) throw new Violation($"the newest frame is {known}, but the reader {(found ? "took" : "did not take")} it");
    }

    /// <summary>Looks where every row lies and reads each byte of it.</summary>
    private void Touch(in FrameLease lease)
    {
        FrameView view = lease.View;
        byte* start = _mapping.Address + _reader.SlotOffset(lease.Slot), end = start + _reader.SlotSize;
        if (lease.Slot >= _reader.SlotCount || end > _mapping.Address + _mapping.Length) throw new Violation($"slot {lease.Slot} lies outside the memory");
        if (view.Format != _reader.Layout.Format || view.Width != _reader.Layout.Width || view.Height != _reader.Layout.Height)
            throw new Violation($"the frame is {view.Width}x{view.Height} {view.Format} in a queue of {_reader.Layout}");
        if (!Enum.IsDefined(view.Matrix) || !Enum.IsDefined(view.Range)) throw new Violation($"the frame's colours are '{view.Matrix}', '{view.Range}'");
        uint sum = 0;
        Specification.Shape[] planes = Specification.Planes(PixelFormatInfo.Of(view.Format).FourCC, view.Width, view.Height);
        for (int plane = 0; plane < planes.Length; plane++)
        {
            for (int y = 0; y < planes[plane].Rows; y++)
            {
                byte* row = view.Row(plane, y);
                if (row < start || row + planes[plane].Row > end) throw new Violation($"row {y} of plane {plane} lies outside slot {lease.Slot}");
                foreach (byte value in new ReadOnlySpan<byte>(row, (int)planes[plane].Row)) sum += value;
            }
        }

        Sum += sum;
        Frames++;
    }

    /// <summary>Of all bytes read, so that no compiler leaves the reading out.</summary>
    public static uint Sum { get; private set; }
}
