namespace Camfx.Analysis.Faces;

/// <summary>The faces of one picture, on their way back from the analysis.</summary>
internal sealed class FaceSighting
{
    /// <summary>Faces that are told apart.</summary>
    public const int Most = 8;

    private readonly FaceBox[] _faces = new FaceBox[Most];
    private int _count;

    /// <summary>In pixels of the camera, the largest first.</summary>
    public ReadOnlySpan<FaceBox> Faces => _faces.AsSpan(0, _count);

    /// <summary>Takes what a detector found in a smaller picture.</summary>
    public void Take(ReadOnlySpan<FaceBox> found, double horizontally, double vertically)
    {
        _count = found.Length;
        for (int i = 0; i < found.Length; i++) _faces[i] = found[i].Scaled(horizontally, vertically);
    }
}
