using Camfx.DBus;
using Camfx.Frames;
using Camfx.Helper.Devices;

namespace Camfx.Helper.Service;

/// <summary>Reads the a{sv} of the methods. Every value is somebody else's.</summary>
internal static class OptionReader
{
    private const int LargestSide = 8192;

    // Four buffers of 3840x2160 BGRA are 130 MB of the kernel's memory, and a user may have eight nodes.
    private const long MostPixels = 3840L * 2160;

    private static readonly string[] s_create = ["backend", "width", "height", "format", "fps", "number", "readers"];

    /// <summary>What CreateDevice is asked for.</summary>
    /// <exception cref="BusException">InvalidArgument.</exception>
    public static DeviceRequest ReadRequest(string label, IReadOnlyDictionary<string, Variant> options)
    {
        if (DeviceLabel.WhyNot(label) is { } why) throw BusException.InvalidArgument(why);
        Demand(options, s_create);
        int width = Number(options, "width", 1280, 16, LargestSide), height = Number(options, "height", 720, 16, LargestSide);
        if ((long)width * height > MostPixels) throw BusException.InvalidArgument($"{width}x{height} are more pixels than the {MostPixels} of 3840x2160.");
        if ((width | height) % 2 != 0) throw BusException.InvalidArgument($"{width}x{height} has an odd side; colour is stored for two pixels at a time.");
        string code = Text(options, "format") ?? "YUYV";
        PixelFormat format = code.Length == 4 ? PixelFormatInfo.FromFourCC(FourCC.Pack(code)) : PixelFormat.Unknown;
        if (format is PixelFormat.Unknown or PixelFormat.Mjpeg) throw BusException.InvalidArgument($"The format '{Short(code)}' is none that a device can show; YUYV is one.");
        double rate = Rate(options);
        int? number = options.ContainsKey("number") ? Number(options, "number", 0, 0, 255) : null;
        return new DeviceRequest(label, Text(options, "backend"), new DeviceMode(width, height, code, rate), number, Number(options, "readers", 1, 1, 4));
    }

    /// <summary>The memory that Attach is asked for.</summary>
    /// <exception cref="BusException">InvalidArgument.</exception>
    public static MemoryWish ReadMemory(IReadOnlyDictionary<string, Variant> options)
    {
        Demand(options, ["memory", "socket"]);
        string text = Text(options, "memory") ?? "auto";
        return text switch
        {
            "auto" => MemoryWish.Auto,
            "zero-copy" => MemoryWish.ZeroCopy,
            "copy" or "mmap" or "write" => MemoryWish.Copy,
            "dmabuf" => MemoryWish.Dmabuf,
            "userptr" => MemoryWish.Userptr,
            _ => throw BusException.InvalidArgument($"The memory '{Short(text)}' is unknown; auto, zero-copy, copy, dmabuf, userptr, mmap and write are known."),
        };
    }

    private static void Demand(IReadOnlyDictionary<string, Variant> options, string[] known)
    {
        foreach (string name in options.Keys)
            if (!known.Contains(name, StringComparer.Ordinal))
                throw BusException.InvalidArgument($"The option '{Short(name)}' is unknown; {string.Join(", ", known)} are known.");
    }

    private static int Number(IReadOnlyDictionary<string, Variant> options, string name, int otherwise, int least, int most)
    {
        if (!options.TryGetValue(name, out Variant? value)) return otherwise;

        // busctl and scripts type whole numbers as i as easily as u.
        long number = value.Value switch { uint u => u, int i => i, long x => x, ulong t => (long)Math.Min(t, long.MaxValue), _ => throw WrongType(name, "u", value) };
        return number >= least && number <= most ? (int)number : throw BusException.InvalidArgument($"The option {name} is {number}, expected {least} to {most}.");
    }

    private static double Rate(IReadOnlyDictionary<string, Variant> options)
    {
        if (!options.TryGetValue("fps", out Variant? value)) return 30;
        double rate = value.Value switch { double d => d, uint u => u, int i => i, _ => throw WrongType("fps", "d", value) };
        return rate is >= 1 and <= 240 ? rate : throw BusException.InvalidArgument($"The option fps is {rate}, expected 1 to 240.");
    }

    private static string? Text(IReadOnlyDictionary<string, Variant> options, string name)
    {
        if (!options.TryGetValue(name, out Variant? value)) return null;
        return value.Value as string ?? throw WrongType(name, "s", value);
    }

    private static BusException WrongType(string name, string wanted, Variant value) =>
        BusException.InvalidArgument($"The option {name} has the type {value.Signature}, expected {wanted}.");

    /// <summary>What others sent is repeated to them, but not at any length.</summary>
    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
