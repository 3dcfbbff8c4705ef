using System.Collections.Immutable;

namespace Camfx.Onnx.Interop;

/// <summary>Reads what a session says of its inputs and outputs.</summary>
internal static unsafe class ValueInfoReader
{
    private const string Failure = "The model could not be read";

    public static ImmutableArray<OnnxValueInfo> Inputs(OnnxRuntime runtime, nint session)
    {
        nuint count;
        runtime.Check(runtime.Api->SessionGetInputCount(session, &count), Failure);
        return Read(runtime, session, count, runtime.Api->SessionGetInputName, runtime.Api->SessionGetInputTypeInfo);
    }

    public static ImmutableArray<OnnxValueInfo> Outputs(OnnxRuntime runtime, nint session)
    {
        nuint count;
        runtime.Check(runtime.Api->SessionGetOutputCount(session, &count), Failure);
        return Read(runtime, session, count, runtime.Api->SessionGetOutputName, runtime.Api->SessionGetOutputTypeInfo);
    }

    /// <summary>The dimensions of a value that a run has made.</summary>
    public static (OnnxElement Element, ImmutableArray<long> Shape) OfValue(OnnxRuntime runtime, nint value)
    {
        nint info;
        runtime.Check(runtime.Api->GetTensorTypeAndShape(value, &info), Failure);
        try
        {
            return OfTensor(runtime, info);
        }
        finally
        {
            runtime.Api->ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    private static ImmutableArray<OnnxValueInfo> Read(
        OnnxRuntime runtime, nint session, nuint count,
        delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> nameOf, delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> typeOf)
    {
        var values = ImmutableArray.CreateBuilder<OnnxValueInfo>((int)count);
        for (nuint i = 0; i < count; i++)
        {
            byte* text;
            runtime.Check(nameOf(session, i, runtime.Allocator, &text), Failure);
            string name = Utf8.Read(text);
            runtime.Check(runtime.Api->AllocatorFree(runtime.Allocator, text), Failure);
            nint type, tensor;
            runtime.Check(typeOf(session, i, &type), Failure);
            try
            {
                runtime.Check(runtime.Api->CastTypeInfoToTensorInfo(type, &tensor), Failure);
                (OnnxElement element, ImmutableArray<long> shape) = tensor == 0 ? (OnnxElement.Undefined, []) : OfTensor(runtime, tensor);
                values.Add(new OnnxValueInfo(name, element, shape));
            }
            finally
            {
                runtime.Api->ReleaseTypeInfo(type);
            }
        }

        return values.DrainToImmutable();
    }

    private static (OnnxElement Element, ImmutableArray<long> Shape) OfTensor(OnnxRuntime runtime, nint tensor)
    {
        int element;
        nuint rank;
        runtime.Check(runtime.Api->GetTensorElementType(tensor, &element), Failure);
        runtime.Check(runtime.Api->GetDimensionsCount(tensor, &rank), Failure);
        long[] shape = new long[rank];
        fixed (long* dimensions = shape) runtime.Check(runtime.Api->GetDimensions(tensor, dimensions, rank), Failure);
        return ((OnnxElement)element, ImmutableArray.Create(shape));
    }
}
