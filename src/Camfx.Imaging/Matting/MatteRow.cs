namespace Camfx.Imaging.Matting;

/// <summary>What a matte's row is, so that most rows cost nothing or a copy.</summary>
internal enum MatteRow : byte
{
    /// <summary>All of it shows the picture in front.</summary>
    Front,

    /// <summary>All of it shows what is behind.</summary>
    Behind,

    /// <summary>Both.</summary>
    Mixed,
}
