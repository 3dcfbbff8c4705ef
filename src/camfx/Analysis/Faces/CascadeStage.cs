namespace Camfx.Analysis.Faces;

/// <summary>Some trees that are asked together.</summary>
/// <param name="EndOfTrees">The first tree behind them.</param>
/// <param name="Threshold">What they must say together.</param>
internal readonly record struct CascadeStage(int EndOfTrees, float Threshold);
