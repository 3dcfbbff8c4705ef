using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>Whether this user may open the video nodes there are.</summary>
internal sealed class NodePermissionCheck() : Check("video nodes")
{
    public override IEnumerable<Finding> Look(IMachine machine)
    {
        IReadOnlyList<string> paths = machine.Video.Paths();
        if (paths.Count == 0) return [];
        string[] closed = [.. paths.Where(path => IsClosed(machine, path))];
        if (closed.Length == 0) return [Ok($"This user may open {string.Join(", ", paths)}.")];
        string nodes = string.Join(", ", closed);
        return
        [
            IsMemberSinceLogin(machine)
                ? Warning($"This user may not open {nodes}: it is in the group video, and this session began before that; log out and in again.", "newgrp video")
                : Warning($"This user may not open {nodes}; sit at the machine, or join the group video and log in again.", "sudo adduser $USER video"),
        ];
    }

    private static bool IsClosed(IMachine machine, string path)
    {
        try
        {
            using IVideoFile file = machine.Video.Open(path, MapAccess.Read);
            return false;
        }
        catch (VideoException failure)
        {
            return failure.Failure == VideoFailure.NotPermitted;
        }
    }

    /// <summary>Whether the user is in the group by /etc/group and this process is not.</summary>
    private static bool IsMemberSinceLogin(IMachine machine)
    {
        string[]? group = (machine.Files.Read("/etc/group") ?? "").Split('\n').Select(static line => line.Split(':'))
            .FirstOrDefault(static fields => fields is ["video", _, _, _]);
        if (group is null || machine.Files.Variable("USER") is not { } user || !group[3].Split(',').Contains(user, StringComparer.Ordinal)) return false;
        string own = (machine.Files.Read("/proc/self/status") ?? "").Split('\n')
            .FirstOrDefault(static line => line.StartsWith("Groups:", StringComparison.Ordinal)) ?? "Groups:";
        return !own["Groups:".Length..].Split(' ', '\t').Contains(group[2], StringComparer.Ordinal);
    }
}
