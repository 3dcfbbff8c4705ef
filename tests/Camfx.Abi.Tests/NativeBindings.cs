using System.Reflection;

namespace Camfx.Abi.Tests;

/// <summary>One library's bindings and the C headers they are to agree with. Derive from it in Libraries/; see README.md.</summary>
internal abstract class NativeBindings
{
    /// <summary>The assembly whose Interop namespaces are looked through.</summary>
    internal abstract Assembly Assembly { get; }

    /// <summary>Name for test output and the C file.</summary>
    internal virtual string Name => Assembly.GetName().Name!;

    /// <summary>Headers, structs, and what is called otherwise in C.</summary>
    internal abstract void Describe(BindingTable table);

    /// <summary>Whether the structs of a namespace must all be listed: of each with the segment "Interop", if nothing else is said.</summary>
    internal virtual bool Covers(string @namespace) => @namespace.Split('.').Contains("Interop");

    /// <summary>Every library's bindings, found in this assembly.</summary>
    internal static IReadOnlyList<NativeBindings> All { get; } =
    [
        .. typeof(NativeBindings).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsNested: false } && type.IsSubclassOf(typeof(NativeBindings)))
            .Select(type => (NativeBindings)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(bindings => bindings.Name, StringComparer.Ordinal),
    ];
}
