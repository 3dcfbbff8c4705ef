using Camfx.Frames;

namespace Camfx.Effects;

/// <summary>Takes the colours out of frames.</summary>
internal static unsafe class Grey
{
    /// <summary>Makes an I420 frame grey, in place.</summary>
    public static void Apply(in FrameView frame)
    {
        for (int plane = 1; plane < 3; plane++)
            for (int y = 0; y < frame.Height / 2; y++) new Span<byte>(frame.Row(plane, y), frame.Width / 2).Fill(128);
    }
}
