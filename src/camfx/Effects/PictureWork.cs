using Camfx.Frames;

namespace Camfx.Effects;

/// <summary>What an effect does to a frame; the arguments are those of <see cref="IEffect.Apply"/>.</summary>
internal delegate void PictureWork(in FrameView source, in FrameView target, long presentationTime);
