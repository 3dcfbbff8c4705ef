namespace Camfx.Analysis.Faces;

/// <summary>Makes faces of windows: around a face several windows say yes, elsewhere only one by chance.</summary>
/// <remarks>Thread-bound. Allocates nothing once it is made.</remarks>
internal sealed class FaceGroups
{
    // Of the mean of both sizes: how far windows of one face lie apart.
    private const double Nearness = 0.2;
    private const int LeastScore = 6, MostGroups = 64;

    private readonly FaceBox[] _sums = new FaceBox[MostGroups];
    private int _count;

    /// <summary>Begins anew.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a window; its score is its weight.</summary>
    public void Add(in FaceBox window)
    {
        for (int i = 0; i < _count; i++)
        {
            if (!AreNear(Mean(_sums[i]), window)) continue;
            _sums[i] = Sum(_sums[i], Weighted(window));
            return;
        }

        if (_count < MostGroups) _sums[_count++] = Weighted(window);
    }

    /// <summary>Writes the faces, the largest first; <see cref="FaceBox.Score"/> is the weight of its windows.</summary>
    public int Write(Span<FaceBox> faces)
    {
        Merge();
        int written = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_sums[i].Score < LeastScore || IsInBetterOne(i)) continue;
            FaceBox face = Mean(_sums[i]);
            int place = written;
            while (place > 0 && faces[place - 1].Width < face.Width) place--;
            if (place == faces.Length) continue;
            written = Math.Min(written + 1, faces.Length);
            for (int other = written - 1; other > place; other--) faces[other] = faces[other - 1];
            faces[place] = face;
        }

        return written;
    }

    /// <summary>Groups whose means have come near each other are one.</summary>
    private void Merge()
    {
        for (int i = 0; i < _count; i++)
        {
            for (int other = _count - 1; other > i; other--)
            {
                if (!AreNear(Mean(_sums[i]), Mean(_sums[other]))) continue;
                _sums[i] = Sum(_sums[i], _sums[other]);
                _sums[other] = _sums[--_count];
            }
        }
    }

    /// <summary>A nose and a mouth may look like a face within a face; and one place is one face.</summary>
    private bool IsInBetterOne(int group)
    {
        FaceBox face = Mean(_sums[group]);
        for (int i = 0; i < _count; i++)
        {
            if (i == group || _sums[i].Score < _sums[group].Score || (_sums[i].Score == _sums[group].Score && i > group)) continue;
            FaceBox other = Mean(_sums[i]);
            double width = Math.Min(face.Right, other.Right) - Math.Max(face.X, other.X);
            double height = Math.Min(face.Bottom, other.Bottom) - Math.Max(face.Y, other.Y);
            if (width > 0 && height > 0 && width * height > 0.4 * Math.Min(face.Width * face.Height, other.Width * other.Height)) return true;
        }

        return false;
    }

    private static FaceBox Sum(in FaceBox one, in FaceBox other) =>
        new(one.X + other.X, one.Y + other.Y, one.Width + other.Width, one.Height + other.Height, one.Score + other.Score);

    private static FaceBox Weighted(in FaceBox window) =>
        new(window.X * window.Score, window.Y * window.Score, window.Width * window.Score, window.Height * window.Score, window.Score);

    private static FaceBox Mean(in FaceBox sum) => new(sum.X / sum.Score, sum.Y / sum.Score, sum.Width / sum.Score, sum.Height / sum.Score, sum.Score);

    private static bool AreNear(in FaceBox one, in FaceBox other)
    {
        double most = Nearness * (Math.Min(one.Width, other.Width) + Math.Min(one.Height, other.Height)) / 2;
        return Math.Abs(one.X - other.X) <= most && Math.Abs(one.Y - other.Y) <= most
            && Math.Abs(one.Right - other.Right) <= most && Math.Abs(one.Bottom - other.Bottom) <= most;
    }
}
