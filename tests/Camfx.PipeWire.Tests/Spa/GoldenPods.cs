using Camfx.PipeWire.Tests;

namespace Camfx.PipeWire.Spa.Tests;

/// <summary>What PipeWire's own macros write: <c>native/golden-pods.c</c>.</summary>
internal static class GoldenPods
{
    private static readonly Lazy<Dictionary<string, byte[]>> s_pods = new(Read);

    public static byte[] Get(string name) => s_pods.Value[name];

    private static Dictionary<string, byte[]> Read() =>
        NativeProgram.Build("golden-pods").Run()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => Convert.FromHexString(parts[1]));
}
