using System.Reflection;
using System.Runtime.InteropServices;

namespace Camfx.Abi.Tests;

public sealed class AbiTests
{
    public static TheoryData<string> Libraries => [.. NativeBindings.All.Select(bindings => bindings.Name)];

    [SkippableTheory]
    [MemberData(nameof(Libraries))]
    public void Structs_constants_and_functions_are_those_of_the_headers(string library)
    {
        (NativeBindings bindings, BindingTable table) = Load(library);
        Skip.IfNot(NativeCompiler.IsThere, "gcc is not installed.");
        foreach (string package in table.Packages)
            Skip.IfNot(NativeCompiler.Has(package), $"The development files of {package} are not installed.");

        string complaints = NativeCompiler.Check(library, CProgram.Write(table, new BindingInventory(bindings)), table);
        Assert.True(complaints.Length == 0, $"{library} differs from the C headers:\n{complaints}");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_struct_is_listed(string library)
    {
        (NativeBindings bindings, BindingTable table) = Load(library);
        string unlisted = Unlisted(new BindingInventory(bindings), table);
        Assert.True(unlisted.Length == 0, $"Not listed in Libraries/ for {library}; add e.g. table.Struct<T>(\"struct t\"): {unlisted}.");
    }

    [SkippableTheory]
    [MemberData(nameof(Libraries))]
    public void Every_imported_function_is_in_its_library(string library)
    {
        foreach ((string entryPoint, string file, MethodInfo method) in new BindingInventory(Load(library).Bindings).Imports)
        {
            bool loaded = NativeLibrary.TryLoad(file, method.DeclaringType!.Assembly, null, out nint handle);
            Skip.IfNot(loaded, $"{file} is not installed.");
            Assert.True(NativeLibrary.TryGetExport(handle, entryPoint, out _), $"{file} has no function {entryPoint}.");
        }
    }

    [Fact]
    public void Every_library_with_bindings_has_a_file_here()
    {
        IEnumerable<string> withBindings = Directory.EnumerateFiles(AppContext.BaseDirectory, "Camfx.*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.EndsWith(".Tests", StringComparison.Ordinal))
            .Select(name => Assembly.Load(name!))
            .Where(assembly => assembly.GetTypes().Any(type => type.Namespace?.Split('.').Contains("Interop") == true))
            .Select(assembly => assembly.GetName().Name!);
        IEnumerable<string> described = NativeBindings.All
            .Where(bindings => bindings.Covers("Interop"))
            .Select(bindings => bindings.Assembly.GetName().Name!);
        Assert.Empty(withBindings.Except(described));
    }

    internal static string Unlisted(BindingInventory inventory, BindingTable table) =>
        string.Join(", ", inventory.Structs.Except(table.Structs.Keys).Select(type => type.FullName));

    internal static (NativeBindings Bindings, BindingTable Table) Load(string library, Architecture? machine = null)
    {
        NativeBindings bindings = NativeBindings.All.Single(candidate => candidate.Name == library);
        BindingTable table = new() { Machine = machine ?? RuntimeInformation.ProcessArchitecture };
        bindings.Describe(table);
        return (bindings, table);
    }
}
