using System.Text;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>
/// What a plug-in prints, passed on line by line with its name before it. It may print as much as it likes: more than a few lines a second are
/// counted and left out, and more than some bytes a second are left in the pipe, where the plug-in waits for its turn.
/// </summary>
/// <remarks>Thread-bound to the supervisor's thread.</remarks>
internal sealed class PluginLog(string name, TimeProvider time, Action<string> write)
{
    private const int LongestLine = 300, LinesPerSecond = 10, BytesPerSecond = 64 * 1024;

    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _line = new(LongestLine);
    private long _second = long.MinValue;
    private int _lines;
    private int _bytes;
    private int _leftOut;

    /// <summary>The last line it printed in this run, empty before the first.</summary>
    public string LastLine { get; private set; } = "";

    /// <summary>The program is started anew.</summary>
    public void Begin() => LastLine = "";

    /// <summary>Whether more may be read in this second.</summary>
    public bool IsOpen
    {
        get
        {
            BeginSecond();
            return _bytes < BytesPerSecond;
        }
    }

    /// <summary>Reads what is there, once; call it when the pipe is readable.</summary>
    /// <returns>False at its end: nobody has its writing end any more.</returns>
    public bool Read(Pipe pipe)
    {
        int count = pipe.Read(_buffer);
        Add(_buffer.AsSpan(0, count));
        return count > 0;
    }

    /// <summary>Takes printed bytes.</summary>
    public void Add(ReadOnlySpan<byte> printed)
    {
        BeginSecond();
        _bytes += printed.Length;
        foreach (byte letter in printed)
        {
            if (letter == '\n') EndLine();
            else if (_line.Count < LongestLine) _line.Add(letter);
        }
    }

    /// <summary>Passes on what has no line's end yet, and how much was left out.</summary>
    public void Flush()
    {
        EndLine();
        TellLeftOut();
    }

    private void BeginSecond()
    {
        long second = time.GetTimestamp() / time.TimestampFrequency;
        if (second == _second) return;
        _second = second;
        (_lines, _bytes) = (0, 0);
        TellLeftOut();
    }

    private void EndLine()
    {
        // Terminals obey control characters; a plug-in has no business steering one.
        string text = string.Concat(Encoding.UTF8.GetString([.. _line]).Where(letter => !char.IsControl(letter))).Trim();
        _line.Clear();
        if (text.Length == 0) return;
        LastLine = text;
        if (++_lines <= LinesPerSecond) write($"{name}: {text}");
        else _leftOut++;
    }

    private void TellLeftOut()
    {
        if (_leftOut > 0) write($"{name}: {_leftOut} more lines left out");
        _leftOut = 0;
    }
}
