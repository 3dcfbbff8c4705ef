namespace Camfx.Onnx.Interop;

/// <summary>Values of onnxruntime_c_api.h that camfx gives.</summary>
internal static class OrtConstants
{
    /// <summary>OrtLoggingLevel: failures come as a status of the call; nothing is printed.</summary>
    internal const int ORT_LOGGING_LEVEL_FATAL = 4;

    /// <summary>ExecutionMode: one node after the other; parallel are only the threads within a node.</summary>
    internal const int ORT_SEQUENTIAL = 0;

    /// <summary>OrtAllocatorType.</summary>
    internal const int OrtDeviceAllocator = 0;

    /// <summary>OrtMemType.</summary>
    internal const int OrtMemTypeDefault = 0;
}
