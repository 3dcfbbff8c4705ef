namespace Camfx.Models;

/// <summary>Where a network's mask is and what it says. What is null is as the model's file says.</summary>
internal sealed record ModelOutput
{
    public string? Name { get; init; }

    public MaskMeaning Meaning { get; init; }

    public TensorLayout? Layout { get; init; }

    /// <summary>Which channel, of several, is the one that is meant.</summary>
    public int Channel { get; init; }

    /// <summary>Whether it says what is behind.</summary>
    public bool IsBackground { get; init; }
}
