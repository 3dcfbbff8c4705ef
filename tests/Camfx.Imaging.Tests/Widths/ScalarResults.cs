namespace Camfx.Imaging.Tests.Widths;

/// <summary>What the scalar forms give, computed once.</summary>
public sealed class ScalarResults
{
    internal string[] Lines { get; } = ChildProcess.Run("0", "DOTNET_EnableHWIntrinsic");
}
