namespace Camfx.Imaging.Conversion;

/// <summary>In which order a packed 4:2:2 format holds its bytes.</summary>
internal interface IPackedYuvOrder
{
    /// <summary>True for Y U Y V, false for U Y V Y.</summary>
    static abstract bool LumaFirst { get; }
}
