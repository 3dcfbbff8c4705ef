using System.Globalization;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Backends;

/// <summary>Where v4l2loopback is looked for: this machine's files, or those of a test.</summary>
/// <remarks>Thread-safe.</remarks>
internal class LoopbackSystem(string modules = "/lib/modules", string sysfs = "/sys")
{
    /// <summary>The kernel's release.</summary>
    public virtual string Kernel => KernelRelease.Name;

    /// <summary>The loaded module's version; null: none is loaded.</summary>
    public virtual LoopbackVersion? Version => LoopbackVersions.Loaded(sysfs);

    /// <summary>Whether the module could be loaded into this kernel; null: the modules are hidden from this service, and who loads it will see.</summary>
    public virtual bool? IsInstalled
    {
        get
        {
            try
            {
                return File.ReadLines(Path.Combine(modules, Kernel, "modules.dep"))
                    .Any(line => line.Split(':')[0].Contains("/v4l2loopback.ko", StringComparison.Ordinal));
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>The numbers of all video nodes.</summary>
    public virtual IReadOnlyList<int> Numbers()
    {
        string nodes = Path.Combine(sysfs, "class/video4linux");
        if (!Directory.Exists(nodes)) return [];
        List<int> numbers = [];
        foreach (string folder in Directory.EnumerateDirectories(nodes, "video*"))
            if (int.TryParse(Path.GetFileName(folder)["video".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) numbers.Add(number);
        return numbers;
    }

    /// <summary>The name of a node; null: there is none of that number.</summary>
    public virtual string? NameOf(int number) => ReadLine(Path.Combine(sysfs, $"class/video4linux/video{number}/name"));

    /// <summary>Whether v4l2loopback drives a node: it alone tells a state there.</summary>
    public virtual bool IsLoopback(int number) => File.Exists(Path.Combine(sysfs, $"class/video4linux/video{number}/max_openers"));

    /// <summary>Whether the control device is still somebody else's: it was there before udev had camfx's rule. What systemd forbids is another thing.</summary>
    public bool IsControlForeign
    {
        get
        {
            try
            {
                OpenControl().Dispose();
                return false;
            }
            catch (VideoException refusal)
            {
                return refusal.Errno == Errno.EACCES;
            }
        }
    }

    /// <exception cref="VideoException">It cannot be opened.</exception>
    public virtual LoopbackControl OpenControl() => LoopbackControl.Open();

    /// <summary>Opens a node, or takes over one that is open.</summary>
    /// <exception cref="VideoException">It cannot be opened.</exception>
    public virtual IVideoFile OpenNode(string path, FileDescriptor? kept) => kept is null ? VideoFile.Open(path) : VideoFile.Adopt(kept, path);

    private static string? ReadLine(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
