namespace Camfx.Imaging.Conversion;

/// <summary>U Y0 V Y1.</summary>
internal readonly struct UyvyOrder : IPackedYuvOrder
{
    public static bool LumaFirst => false;
}
