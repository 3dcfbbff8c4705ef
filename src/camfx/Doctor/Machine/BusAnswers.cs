using Camfx.DBus;

namespace Camfx.Doctor.Machine;

/// <summary>Asks the real buses, each question once. Services that the bus can start are started by being asked.</summary>
/// <param name="openSystem">Opens the system bus.</param>
/// <param name="openUser">Opens the session's bus.</param>
internal sealed class BusAnswers(Func<Bus> openSystem, Func<Bus> openUser) : IBusAnswers
{
    private const string SessionName = "org.camfx.Camfx1";

    private readonly Lazy<HelperAnswer> _helper = new(() =>
        On(openSystem, HelperQuestion.Ask, static why => new HelperAnswer(HelperState.NoBus, why, [])));

    private readonly Lazy<PolkitAnswer> _polkit = new(() => On(openSystem, PolkitQuestion.Ask, static _ => PolkitAnswer.Unknown));

    private readonly Lazy<PortalAnswer> _portal = new(() =>
        On(openUser, PortalQuestion.Ask, static _ => new PortalAnswer(false, false, false, null, new Dictionary<string, string>())));

    private readonly Lazy<bool?> _session = new(() => On<bool?>(openUser, static bus => bus.OwnerOf(SessionName) is not null, static _ => null));

    public HelperAnswer Helper => _helper.Value;

    public PolkitAnswer Polkit => _polkit.Value;

    public PortalAnswer Portal => _portal.Value;

    public bool? IsSessionRunning => _session.Value;

    private static T On<T>(Func<Bus> open, Func<Bus, T> ask, Func<string, T> failed)
    {
        try
        {
            using Bus bus = open();
            return ask(bus);
        }
        catch (BusException failure)
        {
            return failed(failure.Message);
        }
        catch (DllNotFoundException)
        {
            return failed("libsystemd is not installed.");
        }
    }
}
