using System.Diagnostics;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Onnx.Tests;

public sealed class RuntimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void It_tells_its_version_and_what_it_can_compute_on()
    {
        OnnxRuntime runtime = OnnxRuntime.Load(TestRuntime.Path);
        Assert.Matches(@"^1\.\d+\.\d+$", runtime.Version);
        Assert.Contains("CPUExecutionProvider", runtime.Providers);
    }

    [Fact]
    public void A_library_that_is_not_there_is_named()
    {
        string path = Path.Combine(_folder, "libonnxruntime.so.1");
        OnnxException failure = Assert.Throws<OnnxException>(() => OnnxRuntime.Load(path));
        Assert.True(failure.IsMissing);
        Assert.Equal($"CAMFX_ONNXRUNTIME names '{path}', which does not exist; name libonnxruntime.so.1 or unset it.", failure.Message);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused()
    {
        string path = Path.Combine(_folder, "libonnxruntime.so.1");
        File.WriteAllText(path, "no library");
        Assert.Contains("cannot be loaded", Assert.Throws<OnnxException>(() => OnnxRuntime.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_is_refused() =>
        Assert.Contains("not ONNX Runtime", Assert.Throws<OnnxException>(() => OnnxRuntime.Load("libc.so.6")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_version_that_is_too_old_is_refused()
    {
        string source = Path.Combine(_folder, "old.c"), path = Path.Combine(_folder, "libold.so");
        File.WriteAllText(source, """
            static const void *get_api(unsigned version) { return version <= 4 ? "table" : 0; }
            static const char *get_version(void) { return "1.4.0"; }
            static const struct { const void *(*get_api)(unsigned); const char *(*get_version)(void); } base = { get_api, get_version };
            const void *OrtGetApiBase(void) { return &base; }
            """);
        using (Process compiler = Process.Start("gcc", ["-shared", "-fPIC", "-o", path, source])) compiler.WaitForExit();
        OnnxException failure = Assert.Throws<OnnxException>(() => OnnxRuntime.Load(path));
        Assert.Equal($"'{path}' is ONNX Runtime 1.4.0, which is too old; camfx needs 1.11 or later.", failure.Message);
    }
}
