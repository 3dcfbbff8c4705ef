using System.Runtime.InteropServices;

namespace Camfx.Abi.Tests;

/// <summary>The bindings hold on arm64 as well, as far as headers and calling conventions can say it.</summary>
public sealed class ArmTests
{
    // Integers and pointers of a variadic call are passed as any others by both conventions (docs/architecture.md, "Processors").
    private static readonly string[] s_knownVariadic = ["fcntl", "ioctl", "open", "syscall"];

    public static TheoryData<string> Libraries => AbiTests.Libraries;

    [SkippableTheory]
    [MemberData(nameof(Libraries))]
    public void Structs_constants_and_functions_are_those_of_arm64_too(string library)
    {
        (NativeBindings bindings, BindingTable table) = AbiTests.Load(library, Architecture.Arm64);
        Skip.IfNot(NativeCompiler.IsThereForArm, "gcc-aarch64-linux-gnu is not installed.");
        foreach (string package in table.Packages)
            Skip.IfNot(NativeCompiler.Has(package), $"The development files of {package} are not installed.");

        string complaints = NativeCompiler.Check(library, CProgram.Write(table, new BindingInventory(bindings)), table);
        Assert.True(complaints.Length == 0, $"{library} differs from the C headers on arm64:\n{complaints}");
    }

    [SkippableTheory]
    [MemberData(nameof(Libraries))]
    public void No_import_is_variadic_but_those_whose_arguments_are_passed_alike(string library)
    {
        (NativeBindings bindings, BindingTable table) = AbiTests.Load(library);
        Skip.IfNot(NativeCompiler.IsThere, "gcc is not installed.");
        foreach (string package in table.Packages)
            Skip.IfNot(NativeCompiler.Has(package), $"The development files of {package} are not installed.");

        IReadOnlySet<string> variadic = NativeCompiler.Variadic(library, table);
        IEnumerable<string> imported = new BindingInventory(bindings).Imports.Select(static import => import.EntryPoint).Distinct().Where(variadic.Contains);
        Assert.Empty(imported.Except(s_knownVariadic));
        if (library == "Camfx.Posix") Assert.Superset(s_knownVariadic.ToHashSet(StringComparer.Ordinal), variadic.ToHashSet(StringComparer.Ordinal));
    }
}
