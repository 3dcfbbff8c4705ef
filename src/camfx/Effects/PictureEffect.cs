using Camfx.Frames;

namespace Camfx.Effects;

/// <summary>An effect that is nothing but one piece of work.</summary>
/// <param name="isInPlace">Whether it changes the frame where it lies.</param>
/// <param name="work">What it does.</param>
/// <param name="owned">What is disposed with it.</param>
internal sealed class PictureEffect(bool isInPlace, PictureWork work, IDisposable? owned = null) : IEffect
{
    public bool IsInPlace => isInPlace;

    public void Apply(in FrameView source, in FrameView target, long presentationTime) => work(source, target, presentationTime);

    public void Dispose() => owned?.Dispose();
}
