using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>v4l2loopback as this machine has it.</summary>
/// <param name="Kernel">The running kernel's release.</param>
/// <param name="IsLoaded">Whether it is in the kernel.</param>
/// <param name="IsInstalled">Whether it could be loaded into the running kernel.</param>
/// <param name="OtherKernels">The kernels it could be loaded into besides.</param>
internal sealed record LoopbackModule(string Kernel, bool IsLoaded, bool IsInstalled, IReadOnlyList<string> OtherKernels)
{
    public const string Name = "v4l2loopback";

    private const string Modules = "/lib/modules";

    /// <summary>Looks at the module's files.</summary>
    public static LoopbackModule Of(IMachine machine)
    {
        string kernel = machine.Files.Read("/proc/sys/kernel/osrelease")?.Trim() ?? "";
        string[] kernels = [.. machine.Files.List(Modules).Where(folder => HasIt(machine, folder)).Select(static folder => Path.GetFileName(folder)!)];
        return new LoopbackModule(
            kernel, machine.Files.Exists($"/sys/module/{Name}"), kernels.Contains(kernel, StringComparer.Ordinal),
            [.. kernels.Where(name => name != kernel)]);
    }

    /// <summary>The version that is loaded, or would be; null: nobody tells.</summary>
    public LoopbackVersion? Version(IMachine machine)
    {
        if (IsLoaded) return LoopbackVersions.FromModule(machine.Files.Read($"/sys/module/{Name}/version"), machine.Files.Exists("/sys/class/misc/v4l2loopback"));
        return IsInstalled && machine.Files.Run("modinfo", "-F", "version", Name) is { } text && LoopbackVersion.TryParse(text, out LoopbackVersion version)
            ? version
            : null;
    }

    private static bool HasIt(IMachine machine, string folder) =>
        machine.Files.Read(Path.Combine(folder, "modules.dep"))?.Contains($"/{Name}.ko", StringComparison.Ordinal) == true;
}
