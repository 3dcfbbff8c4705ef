using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>Runs one operation on guarded frames and reports what it wrote.</summary>
internal sealed class KernelCase(GuardedMemory sources, GuardedMemory targets, Action<string, ulong> report)
{
    private uint _seed;

    public delegate void Operation(in FrameView source, in FrameView target);

    public GuardedFrame Source(
        PixelFormat format, int width, int height, ColorMatrix matrix = ColorMatrix.Bt601, ColorRange range = ColorRange.Limited) =>
        new GuardedFrame(sources, format, width, height, matrix, range).Fill(_seed++);

    public GuardedFrame Target(
        PixelFormat format, int width, int height, ColorMatrix matrix = ColorMatrix.Bt601, ColorRange range = ColorRange.Limited) =>
        new GuardedFrame(targets, format, width, height, matrix, range, gap: 5).Fill(_seed++);

    public void Run(string name, Func<GuardedFrame> makeSource, Func<GuardedFrame> makeTarget, Operation operation)
    {
        GuardedFrame source = makeSource(), target = makeTarget();
        ulong before = source.Hash();
        operation(source.View, target.View);
        target.Check(name);
        source.Check(name);
        if (source.Hash() != before) throw new InvalidOperationException($"{name}: the source was written.");
        report(name, target.Hash());
    }
}
