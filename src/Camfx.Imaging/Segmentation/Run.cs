namespace Camfx.Imaging.Segmentation;

/// <summary>Equal pixels of one row, from Start up to End.</summary>
internal readonly record struct Run(int Row, int Start, int End, bool IsOne);
