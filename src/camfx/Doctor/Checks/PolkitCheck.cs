using Camfx.Doctor.Machine;

namespace Camfx.Doctor.Checks;

/// <summary>Whether this user may make devices.</summary>
internal sealed class PolkitCheck() : Check("permission")
{
    private const string Join = "sudo adduser $USER camfx";

    public override IEnumerable<Finding> Look(IMachine machine)
    {
        if (!machine.Buses.Helper.IsInstalled) return [];
        return machine.Buses.Polkit switch
        {
            PolkitAnswer.Yes => [Ok("This user may make devices.")],
            PolkitAnswer.Password => [Warning("This user may make devices with an administrator's password only; sit at the machine, or join the group camfx.", Join)],
            PolkitAnswer.No => [Problem("This user may not make devices; sit at the machine, or join the group camfx.", Join)],
            PolkitAnswer.Absent when machine.Processes.UserId == 0 => [Ok("There is no polkit, and root may make devices without.")],
            PolkitAnswer.Absent => [Problem("There is no polkit, so nobody but root may make devices.", "sudo apt install polkitd")],
            PolkitAnswer.UnknownAction => [Problem("polkit does not know camfx's actions: their file is missing.", "sudo apt install --reinstall camfx-helper")],
            _ => [],
        };
    }
}
