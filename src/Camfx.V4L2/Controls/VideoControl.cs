namespace Camfx.V4L2;

/// <summary>A control of a camera, as it was when it was listed.</summary>
/// <param name="Id">V4L2's number.</param>
/// <param name="Key">What users type: the name in lower case, words joined by <c>_</c>, as v4l2-ctl has it.</param>
/// <param name="Name">The driver's words.</param>
/// <param name="Type">What the value is.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value; of a bitmask every bit there is.</param>
/// <param name="Step">Values are multiples of this above the smallest.</param>
/// <param name="Default">The value it has when nobody sets it.</param>
/// <param name="Flags">What holds of it.</param>
/// <param name="Choices">A menu's choices; empty for others. A number that is not among them cannot be set.</param>
public sealed record VideoControl(
    uint Id, string Key, string Name, VideoControlType Type, long Minimum, long Maximum, long Step, long Default, VideoControlFlags Flags,
    IReadOnlyList<VideoControlChoice> Choices)
{
    /// <summary>Whether it keeps a value that one can set and come back to.</summary>
    public bool IsSetting =>
        Type != VideoControlType.Button
        && (Flags & (VideoControlFlags.ReadOnly | VideoControlFlags.WriteOnly)) == VideoControlFlags.None;

    /// <summary>Whether a value is one of this control's.</summary>
    public bool Allows(long value) => Type switch
    {
        VideoControlType.Button => true,
        VideoControlType.Menu or VideoControlType.IntegerMenu => Choices.Any(choice => choice.Index == value),
        VideoControlType.Bitmask => (value & ~Maximum) == 0,
        _ => value >= Minimum && value <= Maximum && (Step <= 1 || (value - Minimum) % Step == 0),
    };

    /// <summary>The allowed value nearest to a number.</summary>
    public long Nearest(long value)
    {
        if (Allows(value)) return value;
        if (Type == VideoControlType.Bitmask) return value & Maximum;
        if (Choices.Count > 0) return Choices.MinBy(choice => Math.Abs((decimal)choice.Index - value))!.Index;
        long within = Math.Clamp(value, Minimum, Maximum);
        long step = Math.Max(Step, 1);
        decimal steps = Math.Floor(((decimal)within - Minimum) / step + 0.5m);
        decimal nearest = Minimum + steps * step;
        return (long)(nearest > Maximum ? nearest - step : nearest);
    }
}
