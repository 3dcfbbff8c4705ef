namespace Camfx.Imaging.Segmentation;

/// <summary>An edge of the empty scene: where, whether it is one across a row (else across a column), and the difference of the pixels on both sides.</summary>
internal readonly record struct SceneEdge(int X, int Y, bool IsAcross, float Difference);
