namespace Camfx.DBus;

/// <summary>The names somebody wants to know the owner of, each asked for and heard once.</summary>
internal sealed class NameTable(Bus bus)
{
    private readonly Dictionary<string, WatchedName> _names = new(StringComparer.Ordinal);

    public string? OwnerOf(string name) => _names.TryGetValue(name, out WatchedName? watched) ? watched.Owner : null;

    public IDisposable Watch(string name, Action<string?>? changed)
    {
        if (!_names.TryGetValue(name, out WatchedName? watched))
        {
            watched = new WatchedName(bus, name);
            _names.Add(name, watched);
        }

        return watched.Add(changed, () => _names.Remove(name));
    }
}
