using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Camfx.Architecture.Tests;

/// <summary>The public types and members of an assembly as sorted lines of text.</summary>
internal sealed class ApiListing(Assembly assembly)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate)) return [Signature(type.GetMethod("Invoke")!)];
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared).Where(Visible).Select(Describe).OfType<string>();
    }

    private static bool Visible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(Visible),
        EventInfo happening => Visible(happening.AddMethod!),
        _ => false,
    };

    private static string? Describe(MemberInfo member) => member switch
    {
        // What the compiler writes for every record says nothing about the library.
        _ when member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null && member is MethodInfo => null,
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true, Name: not ("op_Implicit" or "op_Explicit") } => null,
        MethodInfo method => Signature(method),
        FieldInfo { IsLiteral: true } field => $"const {Name(field.FieldType)} {field.Name}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{(property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{ {Accessors(property)}}}",
        EventInfo happening => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property) =>
        (property.GetMethod is { } get && Visible(get) ? "get; " : "") + (property.SetMethod is { } set && Visible(set) ? IsInit(set) ? "init; " : "set; " : "");

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Signature(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")
        + $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsPointer) return Name(type.GetElementType()!) + "*";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter) return type.Name;
        string space = type.Namespace is null or "System" || type.Namespace.StartsWith("System.", StringComparison.Ordinal) ? "" : type.Namespace + ".";
        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : space + type.Name;
        if (!type.IsGenericType) return name;
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
