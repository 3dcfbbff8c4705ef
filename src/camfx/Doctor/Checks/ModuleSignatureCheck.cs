namespace Camfx.Doctor.Checks;

/// <summary>Whether Secure Boot lets the module in: unsigned, or signed with a key that the machine does not know.</summary>
internal sealed class ModuleSignatureCheck() : Check("Secure Boot")
{
    private const string Variable = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    private const string MachineKey = "/var/lib/dkms/mok.pub";

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        var module = LoopbackModule.Of(machine);
        if (!Demands(machine))
        {
            return [Ok(IsOn(machine)
                ? "Secure Boot is on, and this kernel takes modules without a signature."
                : "Secure Boot is off; any module can be loaded.")];
        }

        if (module.IsLoaded) return [Ok("The kernel takes signed modules only, and has taken v4l2loopback.")];
        if (!module.IsInstalled) return [];
        string signer = machine.Files.Run("modinfo", "-F", "signer", LoopbackModule.Name)?.Trim() ?? "";
        if (signer.Length == 0)
        {
            return
            [
                Problem(
                    "The kernel takes signed modules only (Secure Boot), and v4l2loopback has no signature: loading it ends with 'Key was rejected by service'. "
                    + "DKMS signs what it builds anew; its key is enrolled at the next start (choose 'Enroll MOK' there).",
                    "sudo apt install --reinstall v4l2loopback-dkms && sudo mokutil --import " + MachineKey),
            ];
        }

        if (machine.Files.Exists(MachineKey) && machine.Files.Run("mokutil", "--test-key", MachineKey) is { } test
            && test.Contains("is not enrolled", StringComparison.Ordinal))
        {
            return
            [
                Problem(
                    $"The kernel takes signed modules only (Secure Boot), and v4l2loopback is signed by '{signer}' with a key that this machine has not enrolled. "
                    + "Import it, restart, and choose 'Enroll MOK'.",
                    "sudo mokutil --import " + MachineKey),
            ];
        }

        return [Ok($"The kernel takes signed modules only, and v4l2loopback is signed by '{signer}'.")];
    }

    /// <summary>The four bytes before the value are its attributes (efivarfs).</summary>
    private static bool IsOn(IMachine machine) => machine.Files.Read(Variable) is { Length: >= 5 } value && value[4] == '\x01';

    /// <summary>Secure Boot alone demands nothing: the kernel does, by lockdown or by an option of its own.</summary>
    private static bool Demands(IMachine machine)
    {
        string lockdown = machine.Files.Read("/sys/kernel/security/lockdown") ?? "";
        if (lockdown.Contains("[integrity]", StringComparison.Ordinal) || lockdown.Contains("[confidentiality]", StringComparison.Ordinal)) return true;
        if (machine.Files.Read("/sys/module/module/parameters/sig_enforce")?.Trim() == "Y") return true;

        // Who may not read the lockdown is told by Secure Boot, which Debian's and Ubuntu's kernels answer with it.
        return lockdown.Length == 0 && IsOn(machine);
    }
}
