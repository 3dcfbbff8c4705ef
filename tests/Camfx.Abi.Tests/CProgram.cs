using System.Reflection;
using System.Text;

namespace Camfx.Abi.Tests;

/// <summary>The C file that holds a library's bindings against its headers.</summary>
internal sealed class CProgram
{
    private readonly StringBuilder _text = new();
    private readonly BindingTable _table;

    internal CProgram(BindingTable table)
    {
        _table = table;
        foreach (string line in table.IncludeLines)
            _text.Append(line).Append('\n');
        _text.Append("#include <stddef.h>\n#include <stdint.h>\n\n");
    }

    /// <summary>The whole file.</summary>
    internal static string Write(BindingTable table, BindingInventory inventory)
    {
        CProgram program = new(table);
        foreach ((Type type, NativeStruct native) in table.Structs)
            program.AddStruct(type, native);
        foreach (Type type in inventory.Enums.Union(table.Enums.Keys))
            program.AddEnum(type);
        foreach (FieldInfo field in inventory.Integers.Concat(new BindingInventory([.. table.Others]).Integers))
            program.AddInteger(field.Name, field.GetValue(null)!, field.FieldType, NameOf(table, field.Name));
        foreach ((string name, string text) in inventory.Texts)
            program.AddText(name, text);
        foreach ((string name, _, MethodInfo method) in inventory.Imports.DistinctBy(import => import.EntryPoint))
            program.AddImport(name, method);
        foreach ((string condition, string message) in table.Conditions)
            program.Assert(condition, message);
        return program._text.ToString();
    }

    private static string? NameOf(BindingTable table, string name) => table.Names.TryGetValue(name, out string? native) ? native : name;

    private void AddStruct(Type type, NativeStruct native)
    {
        if (native.Kind == StructKind.Opaque)
            return;
        int size = ManagedLayout.SizeOf(type);
        string relation = native.Kind == StructKind.Whole ? "==" : ">=";
        Assert($"sizeof({native.CType}) {relation} {size}", $"{type.Name} has {size} bytes in C#, {native.CType} has another size in C");
        foreach (FieldInfo field in BindingInventory.FieldsOf(type))
        {
            string name = native.FieldNames.GetValueOrDefault(field.Name) ?? _table.FieldNaming(field.Name);
            int offset = ManagedLayout.OffsetOf(field);
            int fieldSize = ManagedLayout.SizeOf(field.FieldType);
            Assert($"offsetof({native.CType}, {name}) == {offset}", $"{type.Name}.{field.Name} is at {offset} in C#, elsewhere in C");
            Assert(
                $"sizeof((({native.CType} *)0)->{name}) == {fieldSize}",
                $"{type.Name}.{field.Name} has {fieldSize} bytes in C#, another size in C");
            if (field.FieldType.IsFunctionPointer)
            {
                AddCall(
                    $"{type.Name}.{field.Name}", $"(({native.CType} *)0)->{name}",
                    field.FieldType.GetFunctionPointerParameterTypes(), field.FieldType.GetFunctionPointerReturnType());
            }
        }
    }

    private void AddEnum(Type type)
    {
        foreach (FieldInfo member in type.GetFields(BindingFlags.Static | BindingFlags.Public))
        {
            string? native = _table.Enums.TryGetValue(type, out Func<string, string?>? rename)
                ? rename(member.Name)
                : NameOf(_table, member.Name);
            AddInteger($"{type.Name}.{member.Name}", member.GetRawConstantValue()!, type.GetEnumUnderlyingType(), native);
        }
    }

    // C's value is cast to the C# type, so that 0xffffffff and -1 are one value where they are one in the register.
    private void AddInteger(string name, object value, Type type, string? native)
    {
        if (native is null)
            return;
        bool isNew = _table.NewNames.Contains(native);
        if (isNew)
            _text.Append($"#ifdef {native}\n");
        int size = ManagedLayout.SizeOf(type);
        bool signed = type == typeof(sbyte) || type == typeof(short) || type == typeof(int) || type == typeof(long) || type == typeof(nint);
        string cast = $"{(signed ? "" : "u")}int{size * 8}_t";

        // C has no literal for the least long: its minus is an operator on a number too large.
        string literal = value is long.MinValue ? "INT64_MIN" : signed ? $"{value}LL" : $"{value}ULL";
        string relation = _table.Versions.Contains(native) ? ">=" : "==";
        Assert($"({cast})({native}) {relation} ({cast}){literal}", $"{name} is {value} in C#, another value in C");
        if (isNew)
            _text.Append("#endif\n");
    }

    private void AddText(string name, string text)
    {
        if (NameOf(_table, name) is not { } native)
            return;
        string literal = string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"\\{Convert.ToString(value, 8).PadLeft(3, '0')}"));
        Assert($"__builtin_strcmp({native}, \"{literal}\") == 0", $"{name} is ({text}) in C#, another text in C");
    }

    private void AddImport(string name, MethodInfo method)
    {
        if (NameOf(_table, name) is { } native)
            AddCall(name, native, method.GetParameters().Select(parameter => parameter.ParameterType), method.ReturnType);
    }

    // A call inside sizeof is checked and not made: gcc counts the arguments and tells the size of the result.
    private void AddCall(string name, string function, IEnumerable<Type> parameters, Type result)
    {
        string call = $"{function}({string.Join(", ", parameters.Select(Argument))})";
        int size = result == typeof(void) ? 1 : ManagedLayout.SizeOf(result);
        Assert($"sizeof({call}) == {size}", $"{name} returns {size} bytes in C#, another size in C");
    }

    // 0 is a number and a null pointer; only a struct passed by value needs one of its own.
    private string Argument(Type type) =>
        _table.Structs.TryGetValue(type, out NativeStruct? native) ? $"({native.CType}){{0}}" : "0";

    // Quotation marks would end the message, and gcc would show them escaped.
    private void Assert(string condition, string message) =>
        _text.Append($"_Static_assert({condition}, \"{message.Replace('"', ' ')}\");\n");
}
