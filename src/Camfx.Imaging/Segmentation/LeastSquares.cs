namespace Camfx.Imaging.Segmentation;

/// <summary>Solves the normal equations of <see cref="ColorFit"/>, held towards a start where the scene says little (a grey wall tells nothing of colours).</summary>
internal static unsafe class LeastSquares
{
    // In squared levels for each pixel: colours of less spread than this hardly move their coefficient.
    private static ReadOnlySpan<double> Hold => [0, 0.15, 0.5, 0.5];

    // Sums[Place(i, j)] is that of the products of the unknowns i and j.
    private static ReadOnlySpan<byte> Places => [0, 1, 2, 3, 1, 4, 5, 6, 2, 5, 7, 8, 3, 6, 8, 9];

    /// <summary>Three rows of four coefficients from the sums; from the start alone when nothing agrees.</summary>
    public static void Solve(float* sums, ReadOnlySpan<float> start, Span<float> coefficients)
    {
        if (sums[0] < 16)
        {
            start.CopyTo(coefficients);
            return;
        }

        // Four rows: the matrix, and the three right sides beside it.
        double* rows = stackalloc double[4 * 7];
        for (int i = 0; i < 4; i++)
        {
            double hold = Hold[i] * sums[0];
            for (int j = 0; j < 4; j++) rows[i * 7 + j] = sums[Places[i * 4 + j]] + (i == j ? hold : 0);
            for (int k = 0; k < 3; k++) rows[i * 7 + 4 + k] = sums[10 + 4 * k + i] + hold * start[4 * k + i];
        }

        // The matrix is symmetric and, held, positive: no pivot is needed.
        for (int i = 0; i < 4; i++)
        {
            for (int other = 0; other < 4; other++)
            {
                if (other == i) continue;
                double factor = rows[other * 7 + i] / rows[i * 7 + i];
                for (int j = i; j < 7; j++) rows[other * 7 + j] -= factor * rows[i * 7 + j];
            }
        }

        for (int k = 0; k < 3; k++)
            for (int i = 0; i < 4; i++) coefficients[4 * k + i] = (float)(rows[i * 7 + 4 + k] / rows[i * 7 + i]);
    }
}
