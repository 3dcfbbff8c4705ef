namespace Camfx.Configuration;

/// <summary>The words users write for an <see cref="IdleMode"/>.</summary>
internal static class IdleModeWords
{
    private const string OnDemand = "on-demand", Always = "always", Off = "off";

    /// <summary>The mode a word stands for.</summary>
    /// <exception cref="CamfxException">Another word.</exception>
    public static IdleMode Parse(string word) => word switch
    {
        OnDemand => IdleMode.OnDemand,
        Always => IdleMode.Always,
        Off => IdleMode.Off,
        _ => throw CamfxException.Usage($"The idle mode cannot be '{word}'; it is one of: {OnDemand}, {Always}, {Off}."),
    };

    /// <summary>The word for a mode.</summary>
    public static string Word(this IdleMode mode) => mode switch
    {
        IdleMode.Always => Always,
        IdleMode.Off => Off,
        _ => OnDemand,
    };
}
