using Camfx.Imaging;

namespace Camfx.Models;

/// <summary>How a network wants its picture. What is null is as the model's file says.</summary>
internal sealed record ModelInput
{
    public string? Name { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public TensorLayout? Layout { get; init; }

    /// <summary>Whether blue is the first channel; red otherwise.</summary>
    public bool IsBgr { get; init; }

    /// <summary>What the bytes of the channels, in the order they are given, become.</summary>
    public TensorChannels Channels { get; init; } = new(0, 0, 0, 1 / 255f, 1 / 255f, 1 / 255f);

    public PictureFit Fit { get; init; }
}
