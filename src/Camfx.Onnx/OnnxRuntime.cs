using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Camfx.Onnx.Interop;

namespace Camfx.Onnx;

/// <summary>
/// ONNX Runtime, loaded when it is first asked for. It stays loaded until the process ends: its threads belong to its sessions, but its own state
/// cannot be taken down safely.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed unsafe class OnnxRuntime
{
    /// <summary>The environment variable that names another copy of the library.</summary>
    public const string PathVariable = "CAMFX_ONNXRUNTIME";

    private static readonly Lock s_lock = new();
    private static OnnxRuntime? s_loaded;

    private OnnxRuntime(string path, string version, OrtApi* api)
    {
        Path = path;
        Version = version;
        Api = api;
        nint environment, memory, allocator;
        fixed (byte* name = "camfx"u8) Check(api->CreateEnv(OrtConstants.ORT_LOGGING_LEVEL_FATAL, name, &environment), "ONNX Runtime could not be started");
        Check(api->CreateCpuMemoryInfo(OrtConstants.OrtDeviceAllocator, OrtConstants.OrtMemTypeDefault, &memory), "ONNX Runtime could not be started");
        Check(api->GetAllocatorWithDefaultOptions(&allocator), "ONNX Runtime could not be started");
        Environment = environment;
        Memory = memory;
        Allocator = allocator;
        Providers = ReadProviders();
    }

    /// <summary>The file or soname that was loaded.</summary>
    public string Path { get; }

    /// <summary>The library's version, for example <c>1.21.0</c>.</summary>
    public string Version { get; }

    /// <summary>What this copy of the library was built for, the best first, in its own words, for example <c>CPUExecutionProvider</c>.</summary>
    public ImmutableArray<string> Providers { get; }

    internal OrtApi* Api { get; }

    internal nint Environment { get; }

    internal nint Memory { get; }

    internal nint Allocator { get; }

    /// <summary>The process's ONNX Runtime: the one that <see cref="PathVariable"/> names, else the system's.</summary>
    /// <exception cref="OnnxException">There is none, or none that can be used. It is looked for again at the next call.</exception>
    public static OnnxRuntime Load()
    {
        lock (s_lock)
        {
            string? path = System.Environment.GetEnvironmentVariable(PathVariable);
            return s_loaded ??= Load(path is { Length: > 0 } ? path : null);
        }
    }

    /// <summary>Loads one copy of the library.</summary>
    /// <param name="path">The file; null: where the system's libraries are.</param>
    /// <exception cref="OnnxException">It is not there, or cannot be used.</exception>
    internal static OnnxRuntime Load(string? path)
    {
        nint library = OrtLibrary.Load(path, out string found);
        if (library == 0) throw path is null ? OnnxException.NotInstalled() : OnnxException.NotLoaded(path);
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export)) throw OnnxException.NotTheRuntime(found);
        OrtApiBase* root = ((delegate* unmanaged[Cdecl]<OrtApiBase*>)export)();
        string version = Utf8.Read(root->GetVersionString());
        OrtApi* api = root->GetApi(OrtApi.Version);
        if (api == null) throw OnnxException.TooOld(found, version);
        return new OnnxRuntime(found, version, api);
    }

    /// <summary>Turns a status that is no success into an exception, and frees it.</summary>
    internal void Check(nint status, string what)
    {
        if (status == 0) return;
        throw new OnnxException($"{what}: {Take(status)}.");
    }

    /// <summary>The words of a status, which is freed.</summary>
    internal string Take(nint status)
    {
        string words = Utf8.Read(Api->GetErrorMessage(status));
        Api->ReleaseStatus(status);
        return OnnxException.Shorten(words);
    }

    private ImmutableArray<string> ReadProviders()
    {
        byte** names;
        int count;
        Check(Api->GetAvailableProviders(&names, &count), "ONNX Runtime could not be started");
        var providers = ImmutableArray.CreateBuilder<string>(count);
        for (int i = 0; i < count; i++) providers.Add(Utf8.Read(names[i]));
        Check(Api->ReleaseAvailableProviders(names, count), "ONNX Runtime could not be started");
        return providers.DrainToImmutable();
    }
}
