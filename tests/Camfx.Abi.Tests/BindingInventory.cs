using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Camfx.Abi.Tests;

/// <summary>What a library's Interop namespaces hold.</summary>
internal sealed class BindingInventory
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<Type> _types;

    internal BindingInventory(NativeBindings bindings)
    {
        _types = [.. bindings.Assembly.GetTypes().Where(type => type.Namespace is { } name && bindings.Covers(name) && !IsGenerated(type))];
    }

    internal BindingInventory(params Type[] types) => _types = [.. types];

    private delegate ReadOnlySpan<byte> TextGetter();

    /// <summary>Structs, without the ones that are only arrays inside others.</summary>
    internal IEnumerable<Type> Structs => _types.Where(
        type => type is { IsValueType: true, IsEnum: false } && !type.IsDefined(typeof(InlineArrayAttribute)));

    internal IEnumerable<Type> Enums => _types.Where(type => type.IsEnum);

    /// <summary>Integer constants and static readonly integers.</summary>
    internal IEnumerable<FieldInfo> Integers => Constants.Where(constant => IsInteger(constant.FieldType));

    /// <summary>String constants and UTF-8 properties, with their text.</summary>
    internal IEnumerable<(string Name, string Text)> Texts
    {
        get
        {
            foreach (FieldInfo constant in Constants.Where(constant => constant.FieldType == typeof(string)))
                yield return (constant.Name, (string)constant.GetValue(null)!);
            foreach (PropertyInfo property in _types.SelectMany(type => type.GetProperties(Declared)))
            {
                if (property.PropertyType == typeof(ReadOnlySpan<byte>))
                    yield return (property.Name, ReadText(property));
            }
        }
    }

    /// <summary>The native calls behind the generated stubs.</summary>
    internal IEnumerable<(string EntryPoint, string Library, MethodInfo Method)> Imports =>
        _types.SelectMany(type => type.GetMethods(Declared))
            .Select(method => (Method: method, Import: method.GetCustomAttribute<DllImportAttribute>()))
            .Where(pair => pair.Import is not null)
            .Select(pair => (pair.Import!.EntryPoint ?? pair.Method.Name, pair.Import.Value, pair.Method));

    /// <summary>A struct's own fields, less padding.</summary>
    internal static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !field.Name.StartsWith('_'));

    private IEnumerable<FieldInfo> Constants => _types.Where(type => !type.IsEnum).SelectMany(type => type.GetFields(Declared))
        .Where(constant => (constant.IsLiteral || constant.IsInitOnly) && !constant.Name.StartsWith('<'));

    private static string ReadText(PropertyInfo property) =>
        System.Text.Encoding.UTF8.GetString(property.GetMethod!.CreateDelegate<TextGetter>()());

    private static bool IsInteger(Type type) => type.IsPrimitive
        && type != typeof(bool) && type != typeof(char) && type != typeof(float) && type != typeof(double);

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsGenerated(outer));
}
