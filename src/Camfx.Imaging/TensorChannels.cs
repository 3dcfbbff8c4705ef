namespace Camfx.Imaging;

/// <summary>How the three bytes of a pixel become floats: (byte - mean) * scale, channel by channel in the order they lie in the pixel.</summary>
public readonly record struct TensorChannels(float Mean0, float Mean1, float Mean2, float Scale0, float Scale1, float Scale2);
