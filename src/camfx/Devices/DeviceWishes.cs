using System.Globalization;
using Camfx.Configuration;
using Camfx.DBus;

namespace Camfx.Devices;

/// <summary>What a user wants of a device, as KEY=VALUE: the options of CreateDevice. What is not said is the helper's to choose, and to refuse.</summary>
internal sealed class DeviceWishes
{
    private readonly Dictionary<string, Variant> _options = new(StringComparer.Ordinal);

    public bool IsEmpty => _options.Count == 0;

    /// <summary>The options as CreateDevice takes them.</summary>
    public IReadOnlyDictionary<string, Variant> Options => _options;

    /// <summary>Reads KEY=VALUE words.</summary>
    /// <exception cref="CamfxException">A key that does not exist or comes twice, or a value that cannot be.</exception>
    public static DeviceWishes Parse(IEnumerable<string> words)
    {
        DeviceWishes wishes = new();
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            if (parts.Length < 2 || parts[1].Length == 0) throw CamfxException.Usage($"'{word}' is not KEY=VALUE, for example size=1280x720.");
            wishes.Take(parts[0], parts[1]);
        }

        return wishes;
    }

    /// <summary>The same wishes, and for what they leave open what another device is.</summary>
    public DeviceWishes Or(DeviceWishes other)
    {
        DeviceWishes both = new();
        foreach ((string key, Variant value) in other._options) both._options[key] = value;
        foreach ((string key, Variant value) in _options) both._options[key] = value;
        return both;
    }

    /// <summary>Wishes that make a device as it is.</summary>
    public static DeviceWishes Of(DBus.Interfaces.Device1Proxy device)
    {
        DeviceWishes wishes = new();
        wishes._options["width"] = device.Width;
        wishes._options["height"] = device.Height;
        wishes._options["fps"] = device.FrameRate;
        wishes._options["format"] = device.Format;
        wishes._options["backend"] = device.Backend;
        if (device.Paths.Length > 0) wishes._options["readers"] = (uint)device.Paths.Length;
        if (device.Path.StartsWith("/dev/video", StringComparison.Ordinal) && uint.TryParse(device.Path.AsSpan("/dev/video".Length), CultureInfo.InvariantCulture, out uint number))
            wishes._options["number"] = number;
        return wishes;
    }

    private void Take(string key, string value)
    {
        switch (key)
        {
            case "size":
                (int width, int height) = CameraMode.ParseSize(value);
                Add("width", (uint)width);
                Add("height", (uint)height);
                break;
            case "readers":
                Add(key, value is "1" or "2" or "3" or "4" ? (uint)(value[0] - '0') : throw Bad(key, value, "1, 2, 3 or 4"));
                break;
            case "width" or "height" or "number":
                Add(key, uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : throw Bad(key, value, "a whole number"));
                break;
            case "fps":
                Add(key, FrameRate.Parse(value).PerSecond);
                break;
            case "format":
                Add(key, value.Length == 4 ? value.ToUpperInvariant() : throw Bad(key, value, "a V4L2 fourcc of four characters, for example YUYV"));
                break;
            case "backend":
                Add(key, value);
                break;
            default:
                throw CamfxException.Usage($"A device has no '{key}'; the keys are: size, width, height, fps, format, backend, number, readers.");
        }
    }

    private void Add(string key, Variant value)
    {
        if (!_options.TryAdd(key, value)) throw CamfxException.Usage($"'{key}' is given twice.");
    }

    private static CamfxException Bad(string key, string value, string expected) => CamfxException.Usage($"{key} cannot be '{value}'; it is {expected}.");
}
