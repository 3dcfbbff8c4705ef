using System.Collections.Immutable;

namespace Camfx.Models;

/// <summary>An input that is always the same.</summary>
internal sealed record ModelConstant(string Input, ImmutableArray<long> Shape, ImmutableArray<float> Values);
