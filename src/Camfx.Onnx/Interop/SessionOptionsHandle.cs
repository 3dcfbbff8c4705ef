using System.Runtime.InteropServices;

namespace Camfx.Onnx.Interop;

/// <summary>OrtSessionOptions: needed only while a session is made.</summary>
internal sealed unsafe class SessionOptionsHandle : SafeHandle
{
    private readonly OnnxRuntime _runtime;

    /// <summary>As camfx wants sessions: one operation after the other, threads that sleep while there is no work.</summary>
    public SessionOptionsHandle(OnnxRuntime runtime, int threads)
        : base(0, ownsHandle: true)
    {
        _runtime = runtime;
        OrtApi* api = runtime.Api;
        nint options;
        runtime.Check(api->CreateSessionOptions(&options), "A session could not be made");
        SetHandle(options);
        runtime.Check(api->SetSessionExecutionMode(options, OrtConstants.ORT_SEQUENTIAL), "A session could not be made");
        runtime.Check(api->SetIntraOpNumThreads(options, threads), "A session could not be made");
        runtime.Check(api->SetInterOpNumThreads(options, 1), "A session could not be made");
        // Threads that spin while they wait would keep a core busy between two frames.
        Set("session.intra_op.allow_spinning"u8, "0"u8);
        Set("session.inter_op.allow_spinning"u8, "0"u8);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Asks for an NVIDIA card.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    public string? UseCuda()
    {
        OrtApi* api = _runtime.Api;
        nint cuda, status = api->CreateCUDAProviderOptions(&cuda);
        if (status != 0) return _runtime.Take(status);
        status = api->SessionOptionsAppendExecutionProvider_CUDA_V2(handle, cuda);
        api->ReleaseCUDAProviderOptions(cuda);
        return status == 0 ? null : _runtime.Take(status);
    }

    protected override bool ReleaseHandle()
    {
        _runtime.Api->ReleaseSessionOptions(handle);
        return true;
    }

    private void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        fixed (byte* k = key, v = value) _runtime.Check(_runtime.Api->AddSessionConfigEntry(handle, k, v), "A session could not be made");
    }
}
