using System.Collections.Immutable;

namespace Camfx.Sources;

/// <summary>A source that is open, and the cameras that show it.</summary>
/// <remarks>Thread-safe; who is in it is decided by the <see cref="SourcePool"/>.</remarks>
internal sealed class OpenSource(string key, ISharedSource source)
{
    private ImmutableArray<Action> _arrived = [];

    /// <summary>What it was opened as.</summary>
    public string Key => key;

    public ISharedSource Source => source;

    /// <summary>How many cameras show it. To be used with the pool's lock held.</summary>
    public int Shares { get; set; }

    /// <summary>Opens it, once.</summary>
    public void Start() => source.Start(() =>
    {
        foreach (Action arrived in _arrived) arrived();
    });

    public void Tell(Action arrived) => ImmutableInterlocked.Update(ref _arrived, static (all, one) => all.Add(one), arrived);

    public void TellNoMore(Action arrived) => ImmutableInterlocked.Update(ref _arrived, static (all, one) => all.Remove(one), arrived);
}
