using System.Collections.Immutable;

namespace Camfx.Onnx;

/// <summary>An input or an output of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">What it is made of.</param>
/// <param name="Shape">Its dimensions; -1 is one that the network leaves open.</param>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record OnnxValueInfo(string Name, OnnxElement Element, ImmutableArray<long> Shape)
{
    /// <summary>Whether no dimension is left open.</summary>
    public bool IsFixed => Shape.All(static dimension => dimension > 0);

    /// <summary>For example <c>input_1 float 1x256x256x3</c>; an open dimension is <c>?</c>.</summary>
    public override string ToString() => $"{Name} {Element.ToString().ToLowerInvariant()} {Describe(Shape)}";

    /// <summary>Dimensions as text, for example <c>1x3x?x?</c>.</summary>
    public static string Describe(IEnumerable<long> shape) =>
        string.Join('x', shape.Select(static dimension => dimension < 0 ? "?" : dimension.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
