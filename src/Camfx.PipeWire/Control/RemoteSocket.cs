namespace Camfx.PipeWire.Control;

/// <summary>The socket of the PipeWire daemon, and how to learn that it has come back.</summary>
internal sealed class RemoteSocket : IDisposable
{
    private const string DefaultName = "pipewire-0";

    private readonly Action _appeared;
    private FileSystemWatcher? _watcher;

    /// <summary>Watches nothing yet.</summary>
    /// <param name="path">The socket's path; null: what the environment says, as libpipewire finds it.</param>
    /// <param name="appeared">Called on any thread when the socket was made.</param>
    public RemoteSocket(string? path, Action appeared)
    {
        Path = path ?? FromEnvironment(Environment.GetEnvironmentVariable);
        _appeared = appeared;
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>
    /// Where libpipewire would look: <c>PIPEWIRE_REMOTE</c> (a name or a whole path) in <c>PIPEWIRE_RUNTIME_DIR</c> or
    /// <c>XDG_RUNTIME_DIR</c>.
    /// </summary>
    internal static string FromEnvironment(Func<string, string?> variable)
    {
        string? remote = variable("PIPEWIRE_REMOTE");
        string name = string.IsNullOrEmpty(remote) ? DefaultName : remote;
        string? folder = variable("PIPEWIRE_RUNTIME_DIR");
        if (string.IsNullOrEmpty(folder)) folder = variable("XDG_RUNTIME_DIR");
        return System.IO.Path.Combine(string.IsNullOrEmpty(folder) ? "/run/pipewire" : folder, name);
    }

    /// <summary>Calls back when the socket is made (inotify, no polling). One call at least if it is there already.</summary>
    /// <returns>False if its folder does not exist, so that nothing can be watched.</returns>
    public bool Watch()
    {
        if (_watcher is not null) return true;
        string? folder = System.IO.Path.GetDirectoryName(Path);
        if (!Directory.Exists(folder)) return false;
        try
        {
            _watcher = new FileSystemWatcher(folder, System.IO.Path.GetFileName(Path)) { NotifyFilter = NotifyFilters.FileName };
            _watcher.Created += OnCreated;
            _watcher.Renamed += OnCreated;
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // No inotify instance left (fs.inotify.max_user_instances), or the folder went in this moment.
            Unwatch();
            return false;
        }

        return true;
    }

    /// <summary>Ends the watch.</summary>
    public void Unwatch()
    {
        _watcher?.Dispose();
        _watcher = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Unwatch();

    private void OnCreated(object sender, FileSystemEventArgs e) => _appeared();
}
