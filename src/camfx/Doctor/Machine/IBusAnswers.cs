namespace Camfx.Doctor.Machine;

/// <summary>What is asked of the message buses.</summary>
internal interface IBusAnswers
{
    /// <summary>camfx-helper, and what it finds itself.</summary>
    HelperAnswer Helper { get; }

    /// <summary>Whether polkit lets this user make devices.</summary>
    PolkitAnswer Polkit { get; }

    /// <summary>The camera portal, which browsers ask.</summary>
    PortalAnswer Portal { get; }

    /// <summary>Whether the session's camfx is there.</summary>
    bool? IsSessionRunning { get; }
}
