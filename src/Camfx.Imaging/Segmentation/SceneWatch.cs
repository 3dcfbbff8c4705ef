using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// Watches whether the picture still shows the empty scene: the correlation of the scene's edges with the picture's differences at the same places, which no exposure
/// changes and somebody in front takes only a part of. When it is low, it is looked for at places beside, one row of them with each picture.
/// </summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class SceneWatch
{
    private const int MostEdges = 2048, LeastEdges = 48, Reach = 8, Patience = 20;
    private const float LeastDifference = 7, LeastGain = 0.4f, MostGain = 2.5f;

    // Correlations: below the first the edges are elsewhere; above the second they were found.
    private const double Lost = 0.3, Found = 0.55;

    // Shares of the pixels that the scene explains.
    private const double HardlyAny = 0.2, Explained = 1;

    private readonly List<SceneEdge> _edges = [];
    private readonly int _width;
    private readonly int _height;
    private PlateChange _seen;
    private int _times;
    private int _row;
    private bool _isElsewhere;

    public SceneWatch(Backdrop backdrop)
    {
        _width = backdrop.Luma.Width;
        _height = backdrop.Luma.Height;
        List<SceneEdge> all = [];
        for (int y = 1; y < _height - 1; y++)
        {
            for (int x = 1; x < _width - 1; x++)
            {
                float across = Difference(backdrop.Luma, x, y, isAcross: true), down = Difference(backdrop.Luma, x, y, isAcross: false);
                bool isAcross = MathF.Abs(across) >= MathF.Abs(down);
                float difference = isAcross ? across : down;
                if (MathF.Abs(difference) >= LeastDifference) all.Add(new SceneEdge(x, y, isAcross, difference));
            }
        }

        // Evenly: the scene's every part has its say.
        int step = all.Count / MostEdges + 1;
        for (int i = 0; i < all.Count; i += step) _edges.Add(all[i]);
    }

    public PlateChange Change { get; private set; }

    public void Reset()
    {
        Change = PlateChange.None;
        _seen = PlateChange.None;
        _times = 0;
        _isElsewhere = false;
    }

    /// <summary>Looks at one picture.</summary>
    /// <param name="luma">The picture's.</param>
    /// <param name="misfit">How badly the scene explains it.</param>
    /// <param name="gain">How bright it is, as a multiple of the scene.</param>
    public void Look(Raster luma, Raster misfit, float gain)
    {
        PlateChange seen = gain is < LeastGain or > MostGain ? PlateChange.LightChanged : Judge(luma, Share(misfit));
        _times = seen == _seen ? Math.Min(_times + 1, Patience) : 1;
        _seen = seen;
        if (_times == Patience) Change = seen;
    }

    private PlateChange Judge(Raster luma, double explained)
    {
        if (_edges.Count < LeastEdges) return explained < HardlyAny ? PlateChange.LightChanged : PlateChange.None;
        double here = Correlation(luma, 0, 0);
        if (here >= Lost)
        {
            _isElsewhere = false;
            return explained < HardlyAny ? PlateChange.LightChanged : PlateChange.None;
        }

        _row = _row == Reach ? -Reach : _row + 1;
        for (int x = -Reach; x <= Reach && !_isElsewhere; x++) _isElsewhere = Correlation(luma, x, _row) >= Math.Max(Found, 2 * here);
        return _isElsewhere || explained < HardlyAny ? PlateChange.CameraMoved : PlateChange.None;
    }

    /// <summary>That of the scene's edges with the picture's differences so many pixels away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Correlation(Raster luma, int right, int down)
    {
        double product = 0, scene = 0, picture = 0;
        foreach (SceneEdge edge in _edges)
        {
            int x = edge.X + right, y = edge.Y + down;
            if (x < 1 || y < 1 || x >= _width - 1 || y >= _height - 1) continue;
            float difference = Difference(luma, x, y, edge.IsAcross);
            product += difference * edge.Difference;
            scene += edge.Difference * edge.Difference;
            picture += difference * difference;
        }

        return scene * picture == 0 ? 0 : product / Math.Sqrt(scene * picture);
    }

    private static double Share(Raster misfit)
    {
        int explained = 0, all = 0;
        for (int y = 0; y < misfit.Height; y += 2)
        {
            float* row = misfit.Row(y);
            for (int x = y / 2 & 1; x < misfit.Width; x += 2, all++) explained += row[x] < Explained ? 1 : 0;
        }

        return (double)explained / all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Difference(Raster luma, int x, int y, bool isAcross) =>
        isAcross ? luma.Row(y)[x + 1] - luma.Row(y)[x - 1] : luma.Row(y + 1)[x] - luma.Row(y - 1)[x];
}
