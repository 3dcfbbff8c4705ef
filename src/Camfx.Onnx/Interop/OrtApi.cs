using System.Runtime.InteropServices;

namespace Camfx.Onnx.Interop;

/// <summary>
/// The functions of OrtApi (onnxruntime_c_api.h) that camfx calls, each at its place in the table. The table only ever grows at its end, so a place
/// holds from the version that brought it on; version 11 (ONNX Runtime 1.11) has all of these.
/// </summary>
/// <remarks>
/// A returned <c>nint</c> is an OrtStatus: zero is success, anything else must be given to <see cref="ReleaseStatus"/>. Handles are <c>nint</c>, too;
/// their C types stand in the comments only where the name does not say them. The tests compare the places with the header where there is one.
/// </remarks>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct OrtApi
{
    /// <summary>The version of the API that is asked for: the first with everything below.</summary>
    public const uint Version = 11;

    [FieldOffset(2 * 8)]
    public delegate* unmanaged[Cdecl]<nint, byte*> GetErrorMessage;

    /// <summary>(OrtLoggingLevel, log id, out OrtEnv)</summary>
    [FieldOffset(3 * 8)]
    public delegate* unmanaged[Cdecl]<int, byte*, nint*, nint> CreateEnv;

    /// <summary>(env, path, options, out session)</summary>
    [FieldOffset(7 * 8)]
    public delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, nint> CreateSession;

    /// <summary>(session, run options or null, input names, inputs, their count, output names, their count, outputs: null ones are made)</summary>
    [FieldOffset(9 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run;

    [FieldOffset(10 * 8)]
    public delegate* unmanaged[Cdecl]<nint*, nint> CreateSessionOptions;

    /// <summary>(options, ExecutionMode)</summary>
    [FieldOffset(13 * 8)]
    public delegate* unmanaged[Cdecl]<nint, int, nint> SetSessionExecutionMode;

    [FieldOffset(24 * 8)]
    public delegate* unmanaged[Cdecl]<nint, int, nint> SetIntraOpNumThreads;

    [FieldOffset(25 * 8)]
    public delegate* unmanaged[Cdecl]<nint, int, nint> SetInterOpNumThreads;

    [FieldOffset(30 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint*, nint> SessionGetInputCount;

    [FieldOffset(31 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint*, nint> SessionGetOutputCount;

    [FieldOffset(33 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> SessionGetInputTypeInfo;

    [FieldOffset(34 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> SessionGetOutputTypeInfo;

    /// <summary>(session, index, allocator, out name: to be freed by the allocator)</summary>
    [FieldOffset(36 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> SessionGetInputName;

    /// <summary>(session, index, allocator, out name: to be freed by the allocator)</summary>
    [FieldOffset(37 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> SessionGetOutputName;

    /// <summary>(memory info, data, bytes, shape, its length, ONNXTensorElementDataType, out value): the data stays the caller's</summary>
    [FieldOffset(49 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue;

    /// <summary>(type, out tensor info: part of the type; null where it is no tensor)</summary>
    [FieldOffset(55 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nint*, nint> CastTypeInfoToTensorInfo;

    [FieldOffset(60 * 8)]
    public delegate* unmanaged[Cdecl]<nint, int*, nint> GetTensorElementType;

    [FieldOffset(61 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nuint*, nint> GetDimensionsCount;

    [FieldOffset(62 * 8)]
    public delegate* unmanaged[Cdecl]<nint, long*, nuint, nint> GetDimensions;

    /// <summary>(value, out tensor info: to be released)</summary>
    [FieldOffset(65 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nint*, nint> GetTensorTypeAndShape;

    /// <summary>(OrtAllocatorType, OrtMemType, out memory info)</summary>
    [FieldOffset(69 * 8)]
    public delegate* unmanaged[Cdecl]<int, int, nint*, nint> CreateCpuMemoryInfo;

    [FieldOffset(76 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void*, nint> AllocatorFree;

    /// <summary>(out allocator: the library's own, never freed)</summary>
    [FieldOffset(78 * 8)]
    public delegate* unmanaged[Cdecl]<nint*, nint> GetAllocatorWithDefaultOptions;

    [FieldOffset(93 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseStatus;

    [FieldOffset(95 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseSession;

    [FieldOffset(96 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseValue;

    [FieldOffset(98 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseTypeInfo;

    [FieldOffset(99 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseTensorTypeAndShapeInfo;

    [FieldOffset(100 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseSessionOptions;

    [FieldOffset(125 * 8)]
    public delegate* unmanaged[Cdecl]<byte***, int*, nint> GetAvailableProviders;

    [FieldOffset(126 * 8)]
    public delegate* unmanaged[Cdecl]<byte**, int, nint> ReleaseAvailableProviders;

    /// <summary>(options, key, value)</summary>
    [FieldOffset(130 * 8)]
    public delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint> AddSessionConfigEntry;

    /// <summary>(options, CUDA options)</summary>
    [FieldOffset(204 * 8)]
    public delegate* unmanaged[Cdecl]<nint, nint, nint> SessionOptionsAppendExecutionProvider_CUDA_V2;

    [FieldOffset(205 * 8)]
    public delegate* unmanaged[Cdecl]<nint*, nint> CreateCUDAProviderOptions;

    [FieldOffset(208 * 8)]
    public delegate* unmanaged[Cdecl]<nint, void> ReleaseCUDAProviderOptions;
}
