namespace Camfx.Analysis.Faces;

/// <summary>A face in a picture, in pixels of that picture: from the forehead to the chin.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Score">How sure it is; what that means is the detector's.</param>
internal readonly record struct FaceBox(double X, double Y, double Width, double Height, double Score)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + Width / 2;

    public double CenterY => Y + Height / 2;

    /// <summary>The smallest box around both.</summary>
    public FaceBox With(in FaceBox other)
    {
        double x = Math.Min(X, other.X), y = Math.Min(Y, other.Y);
        return new FaceBox(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y, Math.Max(Score, other.Score));
    }

    /// <summary>The same face in a picture that is larger.</summary>
    public FaceBox Scaled(double horizontally, double vertically) =>
        new(X * horizontally, Y * vertically, Width * horizontally, Height * vertically, Score);
}
