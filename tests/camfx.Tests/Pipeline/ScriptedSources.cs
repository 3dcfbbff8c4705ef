using System.Collections.Concurrent;
using Camfx.Sources;

namespace Camfx.Tests.Pipeline;

/// <summary>
/// Sources that do what their URI says: <c>flat:LUMA</c> has a picture at once, <c>slow:LUMA</c> when the test lets it, <c>broken:</c> is refused,
/// <c>failing:</c> fails when it is drawn, <c>throwing:</c> in a way it does not promise, and again when it is closed, and of all <c>single:LUMA</c>
/// one can be had at a time. All of them can be shared.
/// </summary>
internal sealed class ScriptedSources
{
    private readonly ConcurrentDictionary<string, int> _opened = new(StringComparer.Ordinal), _closed = new(StringComparer.Ordinal);

    private string? _taker;

    public ScriptedSources() => Pool = new SourcePool((uri, _) => new ScriptedSource(this, uri));

    public SourcePool Pool { get; }

    /// <summary>Whether slow ones have their picture now.</summary>
    public bool SlowOnesAreThere { get; set; }

    /// <summary>Whether the failing ones fail.</summary>
    public bool Fails { get; set; } = true;

    /// <summary>Times a URI was opened.</summary>
    public int Opened(string uri) => _opened.GetValueOrDefault(uri);

    /// <summary>Whether it is open now.</summary>
    public bool IsOpen(string uri) => Opened(uri) > _closed.GetValueOrDefault(uri);

    /// <summary>Takes what only one source can have, if none has it.</summary>
    public bool TryTake(string uri) => (Interlocked.CompareExchange(ref _taker, uri, null) ?? uri) == uri;

    public void LetGo(string uri) => Interlocked.CompareExchange(ref _taker, null, uri);

    public void Open(string uri) => _opened.AddOrUpdate(uri, 1, static (_, count) => count + 1);

    public void Close(string uri) => _closed.AddOrUpdate(uri, 1, static (_, count) => count + 1);
}
