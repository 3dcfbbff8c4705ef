namespace Camfx.Imaging;

/// <summary>What a user may ask of <see cref="ColorAdjust"/>. The defaults change nothing.</summary>
public readonly record struct ColorSettings()
{
    /// <summary>Added to the luma: -100 (black) to 100 (white).</summary>
    public double Brightness { get; init; }

    /// <summary>Distance from middle grey, times this: 0 to 4.</summary>
    public double Contrast { get; init; } = 1;

    /// <summary>Distance from colourless, times this: 0 (grey) to 4.</summary>
    public double Saturation { get; init; } = 1;

    /// <summary>Luma to the power of one over this: 0.1 to 10, above 1 lightens the shadows.</summary>
    public double Gamma { get; init; } = 1;
}
