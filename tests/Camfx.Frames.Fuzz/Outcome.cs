namespace Camfx.Frames.Fuzz;

/// <summary>What a search for the newest frame must come to.</summary>
internal enum Outcome
{
    /// <summary>There is none to be had.</summary>
    Nothing,

    /// <summary>There is one.</summary>
    Frame,

    /// <summary>What the producer says about it is impossible.</summary>
    Refused,
}
