using Camfx.DBus;

namespace Camfx.Service;

/// <summary>The session bus and who has camfx's name on it.</summary>
internal static class ServiceBusName
{
    /// <summary>Connects to the session bus.</summary>
    /// <exception cref="CamfxException">There is none.</exception>
    public static Bus Open()
    {
        try
        {
            return Bus.OpenUser();
        }
        catch (BusException failure)
        {
            throw new CamfxException(
                ExitCode.Failed, $"The service needs the session bus, which cannot be reached ({failure.Message.TrimEnd('.')}); run it in a session, or 'camfx run' without --service.", failure);
        }
        catch (DllNotFoundException missing)
        {
            throw new CamfxException(ExitCode.Failed, "The service needs libsystemd, which is not installed; install libsystemd0.", missing);
        }
    }

    /// <summary>Connects to the session bus; null: there is none now.</summary>
    public static Bus? TryOpen()
    {
        try
        {
            return Bus.OpenUser();
        }
        catch (Exception failure) when (failure is BusException or DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Refuses to be the second one.</summary>
    /// <exception cref="CamfxException">camfx runs.</exception>
    public static void RefuseSecond(Bus bus)
    {
        if (RunningSentence(bus) is not { } sentence) return;
        bus.Dispose();
        throw new CamfxException(ExitCode.Failed, sentence);
    }

    /// <summary>That camfx runs and what to do then; null: it does not run.</summary>
    public static string? RunningSentence(Bus bus)
    {
        if (bus.OwnerOf(ServicePaths.BusName) is not { } owner || owner == bus.UniqueName) return null;
        string process = "";
        try
        {
            process = $" (pid {bus.CredentialsOf(owner).ProcessId})";
        }
        catch (BusException)
        {
            // It is ending just now.
        }

        return $"camfx is running{process}; use camfx source set, camfx effect add and so on, or end it with camfx stop.";
    }
}
