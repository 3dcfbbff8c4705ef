using System.Reflection;

namespace Camfx;

/// <summary>The version of this program: <c>Version</c> of Directory.Build.props, without the revision that the build adds.</summary>
internal static class ProgramVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
