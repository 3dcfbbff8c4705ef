using Camfx.DBus;

namespace Camfx.Devices;

/// <summary>camfx-helper as camfx meets it on the system bus: where it is, whether it is there, and what its refusals mean to a user.</summary>
internal static class DeviceService
{
    public const string BusName = "org.camfx.Helper1";

    public const string Root = "/org/camfx/Helper1";

    /// <summary>How long a call may take: a person may be asked for a password, a module may be loaded.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(120);

    /// <summary>How long a helper that answered Busy may take to start anew, before it is asked again.</summary>
    public static readonly TimeSpan RestartTime = TimeSpan.FromSeconds(2);

    private const string Absent = "camfx-helper is not there, so there are no devices; install the package camfx-helper, or use --output pipewire.";

    /// <summary>Whether somebody owns the helper's name, or the bus would start it.</summary>
    /// <param name="open">Opens the system bus.</param>
    public static bool IsThere(Func<Bus> open)
    {
        try
        {
            using Bus bus = open();
            return IsThere(bus);
        }
        catch (Exception failure) when (failure is BusException or DllNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether somebody owns the helper's name, or the bus would start it.</summary>
    /// <exception cref="BusException">The bus is gone.</exception>
    public static bool IsThere(Bus bus) => bus.OwnerOf(BusName) is not null || bus.IsActivatable(BusName);

    /// <summary>Connects to the bus that the helper is on, if there is one.</summary>
    /// <param name="open">Opens the system bus.</param>
    /// <exception cref="CamfxException">Not running: there is no bus.</exception>
    public static Bus Reach(Func<Bus> open)
    {
        try
        {
            return open();
        }
        catch (BusException failure)
        {
            throw new CamfxException(ExitCode.NotRunning, $"Devices need the system bus, which cannot be reached: {failure.Message}", failure);
        }
        catch (DllNotFoundException missing)
        {
            throw new CamfxException(ExitCode.Failed, "Devices need libsystemd, which is not installed; install libsystemd0.", missing);
        }
    }

    /// <summary>Connects to a bus that has the helper.</summary>
    /// <param name="open">Opens the system bus.</param>
    /// <exception cref="CamfxException">Not running: there is no bus, or it has no helper.</exception>
    public static Bus Connect(Func<Bus> open)
    {
        Bus bus = Reach(open);
        try
        {
            return IsThere(bus) ? bus : throw WhyAbsent();
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }

    /// <summary>That there is no helper, and what to do.</summary>
    public static CamfxException WhyAbsent(BusException? failure = null) =>
        failure is null ? new CamfxException(ExitCode.NotRunning, Absent) : new CamfxException(ExitCode.NotRunning, Absent, failure);

    /// <summary>Whether a call failed because nobody has the helper's name and the bus knows of nobody to start.</summary>
    public static bool IsAbsent(CamfxException failure) =>
        failure.InnerException is null ? failure.Message == Absent : failure.InnerException is BusException { Name: BusErrors.ServiceUnknown or BusErrors.NameHasNoOwner };

    /// <summary>
    /// Whether making a device should be tried once more: a helper that had the module loaded for it ends and starts anew, to be allowed to use the
    /// nodes that came with the module, and one that was killed is started again by the next call.
    /// </summary>
    public static bool MayRestart(BusException failure) => failure.Name is BusErrors.Busy or BusErrors.NoReply;

    /// <summary>Waits until another process is the helper, or a while: then the next call starts one.</summary>
    public static void AwaitRestart(Bus bus)
    {
        string? before = bus.OwnerOf(BusName);
        using BusLoop loop = new(bus);
        using IDisposable limit = loop.After(RestartTime, loop.Stop);
        using IDisposable watch = bus.WatchName(BusName, owner =>
        {
            if (owner is not null && owner != before) loop.Stop();
        });
        loop.Run();
    }

    /// <summary>A refusal of the helper, or of the bus on its behalf, as a sentence with its exit code.</summary>
    /// <param name="failure">What came back.</param>
    /// <param name="what">What was tried, as it follows "could not": "make the device 'camfx'".</param>
    public static CamfxException Translate(BusException failure, string what) => failure.Name switch
    {
        BusErrors.NotPermitted or BusErrors.AccessDenied => new CamfxException(
            ExitCode.NotPermitted, $"You may not {what}: {Sentence(failure)}", failure),
        BusErrors.NotFound or BusErrors.UnknownObject => new CamfxException(ExitCode.NoSuchThing, $"Could not {what}: {Sentence(failure)}", failure),
        BusErrors.InvalidArgument => new CamfxException(ExitCode.Usage, $"Could not {what}: {Sentence(failure)}", failure),
        BusErrors.UnknownMethod or BusErrors.UnknownInterface or BusErrors.UnknownProperty or BusErrors.InvalidArgs => new CamfxException(
            ExitCode.Failed, $"Could not {what}: camfx-helper is of another version ({Sentence(failure).TrimEnd('.')}); restart camfx, and install both of one version.", failure),
        BusErrors.ServiceUnknown or BusErrors.NameHasNoOwner => WhyAbsent(failure),
        BusErrors.NoReply or BusErrors.Disconnected => new CamfxException(
            ExitCode.NotRunning, $"Could not {what}: camfx-helper does not answer; see 'systemctl status camfx-helper'.", failure),
        _ when failure.Name.StartsWith("org.freedesktop.DBus.Error.Spawn.", StringComparison.Ordinal) => new CamfxException(
            ExitCode.NotRunning, $"Could not {what}: camfx-helper does not start; see 'systemctl status camfx-helper'.", failure),
        _ => new CamfxException(ExitCode.Failed, $"Could not {what}: {Sentence(failure)}", failure),
    };

    private static string Sentence(BusException failure) => failure.Message.EndsWith('.') ? failure.Message : failure.Message + ".";
}
