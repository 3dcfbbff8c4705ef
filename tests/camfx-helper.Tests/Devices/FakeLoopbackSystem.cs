using Camfx.Helper.Backends;
using Camfx.Posix;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Helper.Tests.Devices;

/// <summary>A machine with a played v4l2loopback.</summary>
internal sealed class FakeLoopbackSystem(FakeLoopbackModule? module, string kernel = "6.12.0") : LoopbackSystem
{
    /// <summary>Nodes of other drivers.</summary>
    public List<int> Others { get; } = [];

    /// <summary>Files that stay open when a process closes them, as systemd has it, by path.</summary>
    public Dictionary<string, IVideoFile> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether files are kept so.</summary>
    public bool Keeps { get; init; } = true;

    public override string Kernel => kernel;

    public override LoopbackVersion? Version => module?.Version;

    public override bool? IsInstalled => module is not null;

    public override IReadOnlyList<int> Numbers() => [.. Others, .. module!.Devices.Keys];

    public override string? NameOf(int number) =>
        module!.Devices.TryGetValue(number, out FakeLoopback? device) ? device.Config.Label : Others.Contains(number) ? "Integrated Camera" : null;

    public override bool IsLoopback(int number) => module!.Devices.ContainsKey(number);

    public override LoopbackControl OpenControl() => LoopbackControl.Open(module!.OpenControl());

    public override IVideoFile OpenNode(string path, FileDescriptor? kept)
    {
        if (kept is not null) return new SharedFile(Kept[path]);
        IVideoFile file = module!.Devices.Values.First(device => device.Path == path).Open();
        if (!Keeps) return file;
        Kept[path] = file;
        return new SharedFile(file);
    }
}
