namespace Camfx.Doctor.Checks;

/// <summary>Whether the kernel has a module for devices: missing, built for another kernel, not built at all.</summary>
internal sealed class ModuleCheck() : Check("kernel module")
{
    private const string Source = "/var/lib/dkms/v4l2loopback";

    private static readonly string[] s_containers = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"];

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        var module = LoopbackModule.Of(machine);
        if (module.IsLoaded) return [Ok($"{LoopbackModule.Name} {module.Version(machine)} is loaded.")];
        if (machine.Files.Exists("/sys/module/akvcam")) return [Ok("akvcam is loaded.")];
        if (module.IsInstalled) return [Ok($"{LoopbackModule.Name} is installed for kernel {module.Kernel}; it is loaded with the first device.")];
        return [Bad(machine, Sentence(machine, module), Remedy(machine, module))];
    }

    /// <summary>Who has installed the helper wants devices; without it the camera is a PipeWire node and nothing is broken.</summary>
    private Finding Bad(IMachine machine, string message, string? remedy) =>
        machine.Buses.Helper.IsInstalled ? Problem(message, remedy) : Warning(message, remedy);

    private static string Sentence(IMachine machine, LoopbackModule module)
    {
        if (IsContainer(machine))
            return "This is a container, which has the kernel of its host and no modules: load v4l2loopback there, and give the container its nodes.";
        if (module.OtherKernels.Count > 0)
            return $"{LoopbackModule.Name} is built for kernel {string.Join(", ", module.OtherKernels)} and not for {module.Kernel}, which runs: devices cannot be made.";
        return machine.Files.Exists(Source)
            ? $"DKMS has {LoopbackModule.Name} and has not built it for kernel {module.Kernel}: devices cannot be made."
            : $"Kernel {module.Kernel} has no module {LoopbackModule.Name}: apps that only know /dev/video* do not see the camera.";
    }

    private static string? Remedy(IMachine machine, LoopbackModule module)
    {
        if (IsContainer(machine)) return null;
        string headers = $"sudo apt install linux-headers-{module.Kernel}";
        if (module.OtherKernels.Count == 0 && !machine.Files.Exists(Source)) return $"{headers} v4l2loopback-dkms";
        return machine.Files.Exists($"/lib/modules/{module.Kernel}/build") ? "sudo dkms autoinstall" : $"{headers} && sudo dkms autoinstall";
    }

    private static bool IsContainer(IMachine machine) => Array.Exists(s_containers, machine.Files.Exists);
}
