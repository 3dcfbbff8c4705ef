using System.Runtime.InteropServices;

namespace Camfx.Onnx.Interop;

/// <summary>OrtSession.</summary>
internal sealed unsafe class SessionHandle : SafeHandle
{
    private readonly OnnxRuntime _runtime;

    public SessionHandle(OnnxRuntime runtime, string path, SessionOptionsHandle options)
        : base(0, ownsHandle: true)
    {
        _runtime = runtime;
        byte* file = Utf8.Copy(path);
        nint session;
        nint status = runtime.Api->CreateSession(runtime.Environment, file, options.DangerousGetHandle(), &session);
        GC.KeepAlive(options);
        NativeMemory.Free(file);
        runtime.Check(status, $"'{path}' cannot be used as an ONNX model");
        SetHandle(session);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _runtime.Api->ReleaseSession(handle);
        return true;
    }
}
