namespace Camfx.Onnx.Interop;

/// <summary>OrtApiBase of onnxruntime_c_api.h: what OrtGetApiBase, the library's only export camfx uses, points at.</summary>
internal unsafe struct OrtApiBase
{
    /// <summary>The table of functions as version N of the API has it; null where the library is older than that.</summary>
    public delegate* unmanaged[Cdecl]<uint, OrtApi*> GetApi;

    /// <summary>The library's version, for example <c>1.21.0</c>.</summary>
    public delegate* unmanaged[Cdecl]<byte*> GetVersionString;
}
