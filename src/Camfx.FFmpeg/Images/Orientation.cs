using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;

namespace Camfx.FFmpeg;

/// <summary>
/// How a photo must be turned and mirrored to be seen upright: the eight orientations of EXIF, which libavcodec hands over as the first four numbers
/// of a display matrix (x' = a·x + c·y, y' = b·x + d·y). Only their signs matter.
/// </summary>
internal readonly record struct Orientation(int A, int B, int C, int D)
{
    private static readonly Orientation s_upright = new(1, 0, 0, 1);

    private bool SwapsAxes => A == 0;

    /// <summary>The orientation a decoded picture carries; upright when it says nothing or nonsense.</summary>
    internal static unsafe Orientation Of(AVFrame* frame)
    {
        AVFrameSideData* data = LibAvUtil.av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
        if (data == null) return s_upright;
        int* matrix = (int*)data->data;
        var found = new Orientation(Math.Sign(matrix[0]), Math.Sign(matrix[1]), Math.Sign(matrix[3]), Math.Sign(matrix[4]));
        bool isQuarterTurn = found.A * found.D != 0 && found.B == 0 && found.C == 0 || found.B * found.C != 0 && found.A == 0 && found.D == 0;
        return isQuarterTurn ? found : s_upright;
    }

    /// <summary>A picture of 32-bit pixels as it is to be seen, in memory of its own.</summary>
    internal unsafe FrameBuffer Apply(uint* pixels, int stride, int width, int height)
    {
        FrameLayout layout = SwapsAxes
            ? FrameLayout.Packed(PixelFormat.Bgra, height, width)
            : FrameLayout.Packed(PixelFormat.Bgra, width, height);
        var upright = new FrameBuffer(layout, ColorMatrix.Bt601, ColorRange.Full);
        FrameView view = upright.View;
        if (this == s_upright)
        {
            for (int y = 0; y < height; y++)
                Buffer.MemoryCopy((byte*)pixels + (nint)y * stride, view.Row(0, y), width * 4, width * 4);
            return upright;
        }

        for (int y = 0; y < layout.Height; y++)
        {
            uint* target = (uint*)view.Row(0, y);
            for (int x = 0; x < layout.Width; x++)
            {
                (int column, int row) = SwapsAxes
                    ? (B > 0 ? y : width - 1 - y, C > 0 ? x : height - 1 - x)
                    : (A > 0 ? x : width - 1 - x, D > 0 ? y : height - 1 - y);
                target[x] = ((uint*)((byte*)pixels + (nint)row * stride))[column];
            }
        }

        return upright;
    }
}
