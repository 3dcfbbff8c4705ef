namespace Camfx.Analysis.Faces;

/// <summary>
/// What tells a face from everything else: stages of small decision trees over sums of rectangles (Viola and Jones, 2001). A window that fails a stage is
/// no face; nearly all fail the first few.
/// </summary>
/// <param name="Width">Of the window, in pixels.</param>
/// <param name="Height">Of the window, in pixels.</param>
/// <param name="Stages">In their order.</param>
/// <param name="Roots">The first node of each tree, stage after stage.</param>
/// <param name="Nodes">Of all trees.</param>
/// <param name="Leaves">What the trees say.</param>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed record Cascade(int Width, int Height, CascadeStage[] Stages, int[] Roots, CascadeNode[] Nodes, float[] Leaves);
