using Camfx.Helper.Backends;
using Camfx.Helper.Devices;
using Camfx.V4L2;

namespace Camfx.Helper.Service;

/// <summary>What a person should know when devices do not work.</summary>
internal static class Diagnosis
{
    private const string Ok = "ok", Warning = "warning", Problem = "problem";

    public static IEnumerable<(string Topic, string Severity, string Message)> Of(
        IReadOnlyList<IBackend> backends, IEnumerable<Device> devices, bool keepsDescriptors)
    {
        List<(IBackend Backend, BackendState State)> looked = [.. backends.Select(static backend => (backend, backend.Look()))];
        bool any = looked.Exists(static found => found.Backend.IsDefault && found.State.Available);
        foreach ((IBackend backend, BackendState state) in looked)
        {
            // One way to make devices is enough; those that nobody set up are told as what they are.
            string severity = backend.IsDefault && !any ? Problem : Ok;
            yield return ($"backend {backend.Name}", severity, state.Why);
            if (backend.Name == "v4l2loopback" && state is { Available: true, NeedsModule: false }) yield return Control();
        }

        yield return keepsDescriptors
            ? ("restart", Ok, "systemd keeps the nodes while the helper restarts.")
            : ("restart", Warning, "The helper was not started by systemd: nodes vanish from apps for a moment when it ends. Use the service.");
        foreach (Device device in devices)
        {
            string name = $"device {device.Record.Id}";
            string path = string.Join(", ", device.Record.Nodes.Select(static node => node.Path));
            WriterStatus status = device.Status;
            if (status.State == WriterStatus.Failed) yield return (name, Problem, $"'{device.Record.Label}' at {path} failed: {status.Reason}");
            else if (status.Memory.Contains(':', StringComparison.Ordinal) && device.Counters.FallBacks > 0)
                yield return (name, Warning, $"'{device.Record.Label}' at {path} fell back to plainer memory ({status.Memory}).");
            else yield return (name, Ok, $"'{device.Record.Label}' at {path} shows {(status.State == WriterStatus.Streaming ? "frames" : "the placeholder")}.");
        }
    }

    private static (string Topic, string Severity, string Message) Control()
    {
        if (LoopbackVersions.Loaded() is { } version && !LoopbackVersions.HasControl(version))
        {
            return ("control", Warning, $"v4l2loopback {version} makes nodes only when it is loaded; list them in /etc/camfx/devices.conf, or install 0.13 or later.");
        }

        try
        {
            using LoopbackControl control = LoopbackControl.Open();
            return ("control", Ok, $"The helper may use {LoopbackControl.DefaultPath}.");
        }
        catch (VideoException failure)
        {
            return ("control", Problem, $"{failure.Message} Restart camfx-helper.service; if that does not help, see that udev has camfx's rules.");
        }
    }
}
