using Camfx.Frames;

namespace Camfx.Imaging;

/// <summary>The mean colour of an I420 picture: of some of its chroma samples, without those whose luma is so dark or light that they say nothing.</summary>
public static unsafe class ChromaStatistics
{
    private const int Step = 4, Darkest = 40, Lightest = 220;

    /// <summary>Takes the means.</summary>
    /// <param name="frame">An I420 picture.</param>
    /// <param name="colorfulness">Samples further than this from grey, in codes, do not count: coloured things say little about the light.</param>
    /// <param name="y">Mean luma of the samples that count.</param>
    /// <param name="u">Their mean U.</param>
    /// <param name="v">Their mean V.</param>
    /// <returns>The part of the samples that count, 0 to 1; at 0 the means are not set.</returns>
    /// <exception cref="ArgumentException">It is in another format.</exception>
    public static double Mean(in FrameView frame, int colorfulness, out double y, out double u, out double v)
    {
        FrameCheck.I420(frame);
        long sumY = 0, sumU = 0, sumV = 0, count = 0, all = 0;
        for (int row = 0; row < frame.Height / 2; row += Step)
        {
            byte* lumas = frame.Row(0, 2 * row), us = frame.Row(1, row), vs = frame.Row(2, row);
            for (int column = 0; column < frame.Width / 2; column += Step)
            {
                int luma = lumas[2 * column], cb = us[column] - 128, cr = vs[column] - 128;
                all++;
                if (luma is < Darkest or > Lightest || Math.Abs(cb) + Math.Abs(cr) > colorfulness) continue;
                sumY += luma;
                sumU += cb;
                sumV += cr;
                count++;
            }
        }

        (y, u, v) = count == 0 ? (0, 0, 0) : ((double)sumY / count, 128 + (double)sumU / count, 128 + (double)sumV / count);
        return all == 0 ? 0 : (double)count / all;
    }
}
