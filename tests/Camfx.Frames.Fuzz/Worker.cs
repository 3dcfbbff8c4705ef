using Camfx.Frames.Fuzz.Forging;
using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Fuzz;

/// <summary>
/// Runs cases. Each follows from seed and number alone: forge a header and attach; if that is accepted, or in a case with an honest header, forge on while the
/// reader reads, between its calls and between the steps of its calls.
/// </summary>
internal sealed unsafe class Worker : IDisposable
{
    private const int HeaderRounds = 4;
    private const int CallsAfterForgedHeader = 4;
    private const int Calls = 24;

    // Of more or fewer bytes than their header says: a page, a byte, slots; just what 64 and 65 slots take; beyond all limits. And of fewer seals.
    private static readonly (long Extra, Seals Seals)[] s_files =
    [
        (0, Forgery.QueueSeals), (4096, Forgery.QueueSeals), (-4096, Forgery.QueueSeals), (1, Forgery.QueueSeals), (-1, Forgery.QueueSeals),
        (8192 * 3, Forgery.QueueSeals), (-8192, Forgery.QueueSeals), (-49152, Forgery.QueueSeals), (-53000, Forgery.QueueSeals),
        (-53248 + 4096 * 129, Forgery.QueueSeals), (-53248 + 4096 * 133, Forgery.QueueSeals), (1L << 31, Forgery.QueueSeals), (64L << 30, Forgery.QueueSeals),
        (0, Seals.None), (0, Seals.Shrink | Seals.Grow | Seals.Seal), (0, Seals.Shrink | Seals.FutureWrite | Seals.Seal), (0, Seals.Grow | Seals.FutureWrite | Seals.Seal),
    ];

    private readonly Forgery[] _forgeries = [.. s_files.Select(file => new Forgery(file.Extra, file.Seals))];
    private readonly GuardedHole _hole = new();
    private readonly Ledger _ledger;
    private readonly ulong _seed;
    private readonly int _worker;

    public Worker(Ledger ledger, ulong seed, int worker)
    {
        _ledger = ledger;
        _seed = seed;
        _worker = worker;
    }

    public ref LedgerEntry Entry => ref _ledger.Of(_worker);

    /// <summary>One case.</summary>
    public void Run(long number)
    {
        Entry.Case = number;
        Entry.Cases++;
        var dice = new Dice(_seed, (ulong)number);
        var forger = new Forger(dice);
        if (dice.OneIn(4))
        {
            Forgery honest = Fresh(0);
            Read(honest, forger, dice, Calls);
        }
        else
        {
            for (int round = 0; round < HeaderRounds; round++)
            {
                Forgery forgery = Fresh(dice.OneIn(6) ? dice.Next(s_files.Length) : 0);
                for (int changes = 1 + dice.Next(3); changes > 0; changes--) forger.ForgeHeader(forgery);
                Read(forgery, forger, dice, CallsAfterForgedHeader);
            }
        }

        Entry.Mutations += forger.Mutations;
    }

    /// <summary>A producer on another thread that never rests, while this one attaches and reads.</summary>
    public void Storm(long mutations)
    {
        Entry.InStorm = 1;
        Forgery forgery = Fresh(0);
        bool ended = false;
        var producer = new Thread(() =>
        {
            var forger = new Forger(new Dice(_seed, ulong.MaxValue - (ulong)_worker));
            while (forger.Mutations < mutations)
            {
                forger.ForgeFrame(forgery);
                if (forger.Mutations % 8 == 0) forgery.Restore();
                Entry.Cases++;
                Volatile.Write(ref Entry.StormMutations, forger.Mutations);
            }

            Volatile.Write(ref ended, true);
        });
        producer.Start();
        for (int round = 0; !Volatile.Read(ref ended); round++)
        {
            if (TryAttach(forgery, out _) is not { } reader) continue;
            using (reader)
            {
                reader.Patience = round % 8 == 0 ? 20_000 : 0;
                for (int call = 0; call < Calls; call++) Note(reader.Call(round + call, expected: null));
                Account(reader);
            }
        }

        producer.Join();
        Entry.Mutations += mutations;
        Entry.InStorm = 0;
    }

    public void Dispose()
    {
        foreach (Forgery forgery in _forgeries) forgery.Dispose();
    }

    /// <summary>Attaches to a guarded mapping and reads one byte beside it. This must not return.</summary>
    public byte ReadOutside(bool before)
    {
        Forgery forgery = Fresh(0);
        using ReaderUnderTest reader = TryAttach(forgery, out bool guarded) ?? throw new Violation("an honest queue is refused");
        if (!guarded) throw new Violation("the mapping has no guards");
        return before ? reader.Address[-1] : reader.Address[forgery.Size];
    }

    private Forgery Fresh(int file)
    {
        Forgery forgery = _forgeries[file];
        forgery.Restore();
        return forgery;
    }

    private void Read(Forgery forgery, Forger forger, Dice dice, int calls)
    {
        QueueHeader header = *forgery.Header;
        uint allowed = forgery.Seals == Forgery.QueueSeals
            ? Specification.Judge(header, *forgery.Page, forgery.Size) : Specification.Bit(QueueError.NotSealed);
        if (TryAttach(forgery, out _, allowed) is not { } reader) return;
        using (reader)
        {
            reader.Adversary = () =>
            {
                if (dice.OneIn(8)) forger.ForgeFrame(forgery);
            };
            for (int call = 0; call < calls; call++)
            {
                if (dice.OneIn(2)) forger.ForgeFrame(forgery);
                int choice = dice.Next(60);

                // Half of the calls meet a producer that holds still: then the specification says what must come of them.
                Action? adversary = reader.Adversary;
                Outcome? expected = null;
                if (dice.OneIn(2))
                {
                    reader.Adversary = null;
                    expected = reader.Expect(header, forgery.Header->Newest, forgery.Slots, copying: choice % 6 == 2);
                }

                Note(reader.Call(choice, expected));
                reader.Adversary = adversary;
            }

            reader.Adversary = null;
            Account(reader);
        }
    }

    private ReaderUnderTest? TryAttach(Forgery forgery, out bool guarded, uint? allowed = null)
    {
        guarded = false;
        byte* hole = _hole.For(forgery.Size, anew: false);
        ReaderUnderTest reader;
        try
        {
            reader = new ReaderUnderTest(FrameQueueReader.Attach(forgery.Memory, forgery.Control, QueueLimits.Default));
        }
        catch (QueueException refusal)
        {
            if (allowed is { } kinds && (kinds & Specification.Bit(refusal.Error)) == 0)
                throw new Violation($"the queue is refused as {refusal.Error} ({refusal.Message}), expected {Kinds(kinds)}");
            Note(refusal.Error);
            return null;
        }

        if (allowed is { } wrong and not 0) throw new Violation($"the queue is accepted, expected {Kinds(wrong)}");
        guarded = reader.Address == hole;
        if (!guarded) _hole.For(forgery.Size, anew: true);
        Entry.Attached++;
        if (guarded) Entry.Guarded++;
        return reader;
    }

    private void Note(QueueError? refusal)
    {
        if (refusal is { } error) Entry.Refused[(int)error]++;
    }

    private void Account(ReaderUnderTest reader)
    {
        Entry.Frames += reader.Frames;
        Entry.LongestCall = Math.Max(Entry.LongestCall, reader.LongestCall);
    }

    private static string Kinds(uint set) =>
        set == 0 ? "acceptance" : string.Join(" or ", Enum.GetValues<QueueError>().Where(error => (set & Specification.Bit(error)) != 0));
}
