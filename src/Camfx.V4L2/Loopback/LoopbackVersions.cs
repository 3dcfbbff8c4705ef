using System.Globalization;

namespace Camfx.V4L2;

/// <summary>What each version of v4l2loopback can do, and which may not be used.</summary>
public static class LoopbackVersions
{
    private static readonly LoopbackVersion s_dynamic = new(0, 13, 0);
    private static readonly LoopbackVersion s_tokens = new(0, 14, 0);
    private static readonly LoopbackVersion s_oopsFixed = new(0, 15, 3);

    /// <summary>
    /// The loaded module's version; null: none is loaded. Versions that do not tell theirs (0.12.7 does not) are told by their control node: with one it is
    /// taken for 0.13.0, without for 0.12.0.
    /// </summary>
    public static LoopbackVersion? Loaded(string sysfs = "/sys")
    {
        string module = Path.Combine(sysfs, "module/v4l2loopback");
        if (!Directory.Exists(module)) return null;
        string? text = null;
        try
        {
            string file = Path.Combine(module, "version");
            if (File.Exists(file)) text = File.ReadAllText(file);
        }
        catch (IOException)
        {
            // Unloaded between the two looks, or not for this user: its control node tells enough.
        }
        catch (UnauthorizedAccessException)
        {
        }

        return FromModule(text, Directory.Exists(Path.Combine(sysfs, "class/misc/v4l2loopback")));
    }

    /// <summary>A loaded module's version.</summary>
    /// <param name="version">What /sys/module/v4l2loopback/version has; null where that is not there.</param>
    /// <param name="hasControl">Whether there is a control node.</param>
    public static LoopbackVersion FromModule(string? version, bool hasControl)
    {
        if (version is not null && LoopbackVersion.TryParse(version, out LoopbackVersion told)) return told;
        return hasControl ? s_dynamic : new LoopbackVersion(0, 12, 0);
    }

    /// <summary>Whether there is a control node that makes and removes devices.</summary>
    public static bool HasControl(LoopbackVersion version) => version >= s_dynamic;

    /// <summary>
    /// Whether a node has one streaming reader at most, and a stream starts only with buffers (the rewrite of 0.14). Before, several readers
    /// share a node and STREAMON without buffers succeeds.
    /// </summary>
    public static bool HasTokens(LoopbackVersion version) => version >= s_tokens;

    /// <summary>Why a version must not be used on a kernel; null: it may.</summary>
    /// <param name="version">The module's.</param>
    /// <param name="kernel">The kernel's release, e.g. <c>6.18.2-amd64</c>.</param>
    public static string? WhyNot(LoopbackVersion version, string kernel)
    {
        // github.com/v4l2loopback/v4l2loopback #653: QUERYCAP and ENUM_FMT dereference what 6.18 no longer fills in.
        if (version.Minor == 15 && version < s_oopsFixed && KernelAtLeast(kernel, 6, 18))
            return $"v4l2loopback {version} crashes kernel {kernel} at the first question to a device; install v4l2loopback 0.15.3 or later.";
        if (version < new LoopbackVersion(0, 12, 0))
            return $"v4l2loopback {version} is older than camfx knows; install 0.12 or later.";
        return null;
    }

    private static bool KernelAtLeast(string release, int major, int minor)
    {
        string[] parts = release.Split('.', '-');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int second)
            && (first, second).CompareTo((major, minor)) >= 0;
    }
}
