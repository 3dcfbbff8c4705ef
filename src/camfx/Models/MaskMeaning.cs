namespace Camfx.Models;

/// <summary>What the numbers of a network's mask say.</summary>
internal enum MaskMeaning
{
    /// <summary>0 to 1: how likely the pixel is in front.</summary>
    Probability,

    /// <summary>0 to 1: how much of the pixel is in front.</summary>
    Alpha,

    /// <summary>Any number; 0 is undecided.</summary>
    Logit,

    /// <summary>One number for each class; the probabilities are their softmax.</summary>
    Softmax,
}
