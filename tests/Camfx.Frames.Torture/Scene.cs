using Camfx.Frames.Queue;
using Camfx.Frames.Torture.Board;
using Camfx.Posix;

namespace Camfx.Frames.Torture;

/// <summary>A writer and eight readers in a folder of their own, and what the supervisor does to them.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed class Scene : IDisposable
{
    /// <summary>How long a process may go without a frame: no figure of speed, only the end of a hang.</summary>
    public const long PatienceNs = 20_000_000_000;

    /// <summary>What the readers together ask for: so a reader gets its share only if its dead predecessor's has come back.</summary>
    public const int Leases = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-torture-").FullName;
    private readonly TortureOptions _options;
    private readonly string _socket;
    private ulong _generation;

    public Scene(TortureOptions options, bool credulous = false)
    {
        _options = options;
        _socket = FrameQueueAddress.PathOf(_folder, "torture");
        Board = Scoreboard.Create();
        Writer = OfThisProgram("writer", () => ["writer", _socket, Board.Path, $"{_options.Width}", $"{_options.Height}", $"{Leases}", $"{_generation}"]);
        Readers = [.. Enumerable.Range(0, Scoreboard.Readers).Select(place => Reader(place, credulous ? ["credulous"] : []))];
    }

    public Scoreboard Board { get; }

    public Child Writer { get; }

    public Child[] Readers { get; }

    /// <summary>The longest any process has gone without a frame.</summary>
    public long LongestWait { get; private set; }

    /// <summary>
    /// Whether the writer that lives serves, half of the readers have frames of it, and none has been out of luck with writers for long: who starves because
    /// each dies too early is not stuck.
    /// </summary>
    public bool WriterIsRead =>
        Volatile.Read(ref Board.Writer.Generation) == _generation
        && Enumerable.Range(0, Readers.Length).All(place => MonotonicClock.Now - Since(place) < PatienceNs / 4)
        && Enumerable.Range(0, Readers.Length).Count(place => Board.Reader(place).Generation == _generation && HasFrame(place)) >= Readers.Length / 2;

    /// <summary>Each writer's queue is of a later generation than the one before.</summary>
    public void StartWriter()
    {
        _generation++;
        Writer.Start();
    }

    /// <summary>Whether the process that lives in this place has had a frame.</summary>
    public bool HasFrame(int place) => Since(place) == Board.Reader(place).Progress && Board.Reader(place).ProcessId == Readers[place].ProcessId;

    /// <summary>Says that the supervisor lives, and looks whether everybody else does: null, or who does not.</summary>
    public string? Watch()
    {
        Board.Beat();
        long now = MonotonicClock.Now;
        if (Complaint(Writer, now - Math.Max(Writer.Started, Volatile.Read(ref Board.Writer.Progress))) is string writer) return writer;
        for (int place = 0; place < Readers.Length; place++)
            if (Complaint(Readers[place], now - Since(place)) is string reader) return reader;
        return null;
    }

    /// <summary>Waits, watching, until something is so: null; or what went wrong.</summary>
    public string? Await(string what, Func<bool> condition, long limitNs = PatienceNs, bool watch = true)
    {
        for (long deadline = MonotonicClock.Now + limitNs; !condition(); Thread.Sleep(1))
        {
            if (watch && Watch() is string complaint) return complaint;
            Board.Beat();
            if (MonotonicClock.Now > deadline) return $"{what} did not come within {limitNs / 1_000_000_000} s";
        }

        return null;
    }

    public void Dispose()
    {
        foreach (Child reader in Readers) reader.Dispose();
        Writer.Dispose();
        Board.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Child OfThisProgram(string name, Func<string[]> arguments) =>
        new(name, Environment.ProcessPath!, () => [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? s_program : [], .. arguments()]);

    private static readonly string[] s_program = ["exec", typeof(Scene).Assembly.Location];

    private Child Reader(int place, string[] more) => place switch
    {
        5 when _options.CReader != null => InC(place, "lease", more),
        6 when _options.CReader != null => InC(place, "copy", more),
        7 when _options.PythonReader != null =>
            new Child("reader 7 (Python)", "python3", () => [_options.PythonReader, _options.PythonSdk ?? "", _socket, Board.Path, "7"]),
        _ => InDotnet(place, (Manner)(place % 5), more),
    };

    private Child InC(int place, string manner, string[] more) =>
        new($"reader {place} (C, {manner})", _options.CReader!, () => [_socket, Board.Path, $"{place}", manner, .. more]);

    private Child InDotnet(int place, Manner manner, string[] more) =>
        OfThisProgram($"reader {place} ({manner})", () => ["reader", _socket, Board.Path, $"{place}", $"{manner}", .. more]);

    private long Since(int place) => Math.Max(Readers[place].Started, Volatile.Read(ref Board.Reader(place).Progress));

    private string? Complaint(Child child, long waited)
    {
        if (child.ProcessId == 0) return null;
        if (child.Ended() is int code) return $"{child.Name} ended by itself with {code}";
        LongestWait = Math.Max(LongestWait, waited);
        return waited > PatienceNs ? $"{child.Name} has had no frame for {waited / 1_000_000_000} s" : null;
    }
}
