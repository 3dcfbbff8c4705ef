using System.Runtime.InteropServices;

namespace Camfx.Onnx.Interop;

/// <summary>Finds libonnxruntime. It is loaded when somebody asks for it and never before: camfx does not depend on it.</summary>
internal static class OrtLibrary
{
    // Microsoft's builds have the soname with one number, Debian's with two: libonnxruntime.so.1.21.
    private const string Name = "libonnxruntime.so.1";
    private const int OldestMinor = 11, NewestMinor = 60;

    /// <summary>Loads the library.</summary>
    /// <param name="path">The file, or null to look where the system's libraries are.</param>
    /// <param name="found">What was loaded.</param>
    /// <returns>The library; 0 when there is none.</returns>
    public static nint Load(string? path, out string found)
    {
        foreach (string candidate in path is null ? Names() : [path])
        {
            found = candidate;
            if (NativeLibrary.TryLoad(candidate, out nint library)) return library;
        }

        found = path ?? Name;
        return 0;
    }

    /// <summary>The newest comes first; a name that is not there costs microseconds.</summary>
    private static IEnumerable<string> Names()
    {
        yield return Name;
        for (int minor = NewestMinor; minor >= OldestMinor; minor--) yield return $"{Name}.{minor}";
        yield return "libonnxruntime.so";
    }
}
