namespace Camfx.Doctor.Checks;

/// <summary>Whether somebody has forbidden the module, or all modules.</summary>
internal sealed class ModuleForbiddenCheck() : Check("module loading")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (machine.Files.Exists($"/sys/module/{LoopbackModule.Name}")) yield break;
        bool free = true;
        foreach ((string file, string command) in ModprobeFiles.Lines(machine, "install"))
        {
            free = false;
            yield return Problem($"{file} has modprobe run '{command}' instead of loading v4l2loopback.", $"sudoedit {file}");
        }

        string line = machine.Files.Read("/proc/cmdline") ?? "";
        if (line.Split(' ', '\n').Any(Forbids))
        {
            free = false;
            yield return Problem("The kernel was started with module_blacklist=v4l2loopback, so that nobody can load it; take it out and restart.",
                "sudoedit /etc/default/grub && sudo update-grub");
        }

        if (machine.Files.Read("/proc/sys/kernel/modules_disabled")?.Trim() == "1")
        {
            free = false;
            yield return Problem("Loading of modules is switched off until the next start (kernel.modules_disabled).",
                "grep -r modules_disabled /etc/sysctl.conf /etc/sysctl.d");
        }

        if (free) yield return Ok("Nothing forbids v4l2loopback.");
    }

    private static bool Forbids(string word)
    {
        const string option = "module_blacklist=";
        return word.StartsWith(option, StringComparison.Ordinal) && word[option.Length..].Split(',').Contains(LoopbackModule.Name, StringComparer.Ordinal);
    }
}
