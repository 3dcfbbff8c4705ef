using System.Reflection;
using Camfx.DBus;
using Camfx.DBus.Interfaces;

namespace Camfx.Helper.Service;

/// <summary>The object /org/camfx/Helper1.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class HelperObject(HelperService service) : Helper1Server
{
    /// <summary>camfx's version: <c>Version</c> of Directory.Build.props, without the revision that the build adds.</summary>
    public static string ProgramVersion { get; } =
        typeof(HelperObject).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public override string Version => ProgramVersion;

    protected override void CreateDevice(MethodCall<ObjectPath> call, string label, IReadOnlyDictionary<string, Variant> options) =>
        service.Create(call, OptionReader.ReadRequest(label, options));

    protected override void Diagnose(MethodCall<(string Topic, string Severity, string Message)[]> call) => call.Reply(service.Diagnose());
}
