using System.Reflection;
using System.Reflection.Emit;

namespace Camfx.Abi.Tests;

/// <summary>Sizes and offsets as the JIT lays them out; Marshal.OffsetOf tells those of a marshalled copy.</summary>
internal static class ManagedLayout
{
    internal static int SizeOf(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer)
            return nint.Size;
        DynamicMethod method = new("size", typeof(int), [], typeof(ManagedLayout).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Sizeof, type);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }

    internal static int OffsetOf(FieldInfo field)
    {
        // In a local variable of that type: the field's address less the variable's.
        DynamicMethod method = new("offset", typeof(int), [], typeof(ManagedLayout).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        LocalBuilder variable = code.DeclareLocal(field.DeclaringType!);
        code.Emit(OpCodes.Ldloca, variable);
        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Ldloca, variable);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Conv_I4);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }
}
