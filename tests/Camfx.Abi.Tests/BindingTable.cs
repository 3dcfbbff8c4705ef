using System.Runtime.InteropServices;

namespace Camfx.Abi.Tests;

/// <summary>What a library says about its bindings.</summary>
internal sealed class BindingTable
{
    /// <summary>Whose headers the bindings are held against.</summary>
    internal Architecture Machine { get; init; } = RuntimeInformation.ProcessArchitecture;

    internal List<string> IncludeLines { get; } = [];

    internal List<string> Packages { get; } = [];

    internal List<string> IncludeFolders { get; } = [];

    internal Dictionary<Type, NativeStruct> Structs { get; } = [];

    internal Dictionary<Type, Func<string, string?>> Enums { get; } = [];

    internal Dictionary<string, string?> Names { get; } = [];

    internal List<Type> Others { get; } = [];

    internal List<(string Condition, string Message)> Conditions { get; } = [];

    internal HashSet<string> NewNames { get; } = [];

    internal HashSet<string> Versions { get; } = [];

    /// <summary>Headers to include, e.g. "sys/stat.h", in this order.</summary>
    internal void Headers(params string[] headers) => IncludeLines.AddRange(headers.Select(header => $"#include <{header}>"));

    /// <summary>A macro to define before the headers.</summary>
    internal void Define(string macro, string value = "1") => IncludeLines.Add($"#define {macro} {value}");

    /// <summary>A pkg-config package whose flags the headers need.</summary>
    internal void Package(string name) => Packages.Add(name);

    /// <summary>A folder of headers in this repository, relative to its root.</summary>
    internal void IncludeFolder(string folder) => IncludeFolders.Add(folder);

    /// <summary>A struct that must be C's struct in size, and field by field.</summary>
    /// <typeparam name="T">Ours.</typeparam>
    /// <param name="native">C's type, e.g. "struct pollfd" or "AVRational".</param>
    /// <param name="fields">Fields that have another name in C; "u.bits" and "data[0]" are names too.</param>
    internal void Struct<T>(string native, params (string Ours, string Native)[] fields)
        where T : unmanaged => Add<T>(native, StructKind.Whole, fields);

    /// <summary>A struct of which we declare the first fields only, because the library makes it and we hold a pointer.</summary>
    internal void Prefix<T>(string native, params (string Ours, string Native)[] fields)
        where T : unmanaged => Add<T>(native, StructKind.Prefix, fields);

    /// <summary>A struct that is only ever pointed to, with no field declared.</summary>
    internal void Opaque<T>()
        where T : unmanaged
    {
        Assert.Empty(BindingInventory.FieldsOf(typeof(T)));
        Add<T>("", StructKind.Opaque, []);
    }

    /// <summary>A struct that C does not have. Say why it stands among the bindings.</summary>
    internal void NotInC<T>(string reason)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Add<T>("", StructKind.Opaque, []);
    }

    /// <summary>An enum whose members have other names in C (null: this member has none). Also for enums outside Interop.</summary>
    internal void Enum<T>(Func<string, string?> native)
        where T : struct, System.Enum => Enums.Add(typeof(T), native);

    /// <summary>A class outside the Interop namespaces whose constants carry C names.</summary>
    internal void ConstantsOf(Type type) => Others.Add(type);

    /// <summary>Any other condition in C, with what it means when it does not hold.</summary>
    internal void Condition(string condition, string message) => Conditions.Add((condition, message));

    /// <summary>
    /// How a field is called in C when its struct does not say: as it is, or for structs with .NET names, e.g. <see cref="SnakeCase"/>.
    /// </summary>
    internal Func<string, string> FieldNaming { get; set; } = name => name;

    /// <summary>"PlaneCount" as "plane_count"; with ToUpperInvariant the usual name of an enum's member.</summary>
    internal static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsAsciiLetterUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToLowerInvariant();

    /// <summary>A constant, string or function that is another expression in C.</summary>
    internal void Constant(string ours, string native) => Names.Add(ours, native);

    /// <summary>Macros that older headers we build with do not have yet: compared where they are defined.</summary>
    internal void NewerThanSomeHeaders(params string[] macros) => NewNames.UnionWith(macros);

    /// <summary>Version of a table of callbacks we fill in: a library that knows a later one takes ours, too.</summary>
    internal void VersionOfOurs(string macro) => Versions.Add(macro);

    /// <summary>A constant, string or function that C does not have. Say why it stands among the bindings.</summary>
    internal void NotInC(string ours, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Names.Add(ours, null);
    }

    private void Add<T>(string native, StructKind kind, (string Ours, string Native)[] fields) =>
        Structs.Add(typeof(T), new NativeStruct(native, kind, fields.ToDictionary(field => field.Ours, field => field.Native)));
}
