namespace Camfx.Abi.Tests;

/// <summary>The C side of a struct: its type, how much of it we declare, and fields with another name.</summary>
internal sealed record NativeStruct(string CType, StructKind Kind, IReadOnlyDictionary<string, string> FieldNames);
