using Camfx.Posix;

namespace Camfx.Frames.Torture.Board;

/// <summary>
/// Memory that supervisor, writer and readers map: what a process has counted stays when it is killed. Each part has one writing process at a time.
/// </summary>
internal sealed unsafe class Scoreboard : IDisposable
{
    public const int Readers = 8;
    private const int Size = 65536;
    private const int WriterAt = 128;
    private const int ReadersAt = 512;
    private const int TimesAt = 8192;
    private const long BeatLimitNs = 30_000_000_000;

    private readonly MemoryMapping _mapping;
    private readonly FileDescriptor? _memory;

    private Scoreboard(MemoryMapping mapping, FileDescriptor? memory)
    {
        _mapping = mapping;
        _memory = memory;
    }

    /// <summary>Where the other processes find it, in the process that made it: a file that is no file's, so no disk is ever waited for.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_memory!.Number}";

    public ref WriterScore Writer => ref *(WriterScore*)(_mapping.Address + WriterAt);

    /// <summary>Publications to a queue that nobody reads.</summary>
    public PublishTimes Alone => Times(0);

    /// <summary>Publications to the readers' queue that woke nobody.</summary>
    public PublishTimes Read => Times(1);

    /// <summary>Publications to the readers' queue that made a system call to wake somebody.</summary>
    public PublishTimes Waking => Times(2);

    public bool StopReaders
    {
        get => Volatile.Read(ref Word(1)) != 0;
        set => Volatile.Write(ref Word(1), value ? 1 : 0);
    }

    public bool StopWriter
    {
        get => Volatile.Read(ref Word(2)) != 0;
        set => Volatile.Write(ref Word(2), value ? 1 : 0);
    }

    /// <summary>Whether readers look for frames without ever sleeping, so that publishing makes no system call.</summary>
    public bool Restless
    {
        get => Volatile.Read(ref Word(3)) != 0;
        set => Volatile.Write(ref Word(3), value ? 1 : 0);
    }

    /// <summary>Whether the supervisor is gone: then so should everybody else be.</summary>
    public bool IsOrphan => MonotonicClock.Now - Volatile.Read(ref Word(0)) > BeatLimitNs;

    public static Scoreboard Create()
    {
        FileDescriptor memory = Memfd.Create("torture-board", Size);
        var board = new Scoreboard(MemoryMapping.Map(memory, 0, Size, MapAccess.ReadWrite), memory);
        board.Beat();
        return board;
    }

    public static Scoreboard Open(string path)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var descriptor = new FileDescriptor((int)file.SafeFileHandle.DangerousGetHandle(), owned: false);
        return new Scoreboard(MemoryMapping.Map(descriptor, 0, Size, MapAccess.ReadWrite), null);
    }

    public ref ReaderScore Reader(int place) => ref *(ReaderScore*)(_mapping.Address + ReadersAt + place * ReaderScore.Length);

    /// <summary>The supervisor is alive.</summary>
    public void Beat() => Volatile.Write(ref Word(0), MonotonicClock.Now);

    public void Dispose()
    {
        _mapping.Dispose();
        _memory?.Dispose();
    }

    private ref long Word(int index) => ref *(long*)(_mapping.Address + index * sizeof(long));

    private PublishTimes Times(int index) => new((long*)(_mapping.Address + TimesAt) + index * PublishTimes.Buckets);
}
