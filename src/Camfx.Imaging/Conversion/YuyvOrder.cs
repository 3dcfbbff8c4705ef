namespace Camfx.Imaging.Conversion;

/// <summary>Y0 U Y1 V.</summary>
internal readonly struct YuyvOrder : IPackedYuvOrder
{
    public static bool LumaFirst => true;
}
