using Camfx.Configuration;
using Camfx.DBus;

namespace Camfx.Service.Objects;

/// <summary>Reads the options of a call, a{sv}: what is not known is refused, and so is what is too long.</summary>
internal sealed class OptionReader
{
    /// <summary>Bytes of UTF-8 that a text may have.</summary>
    public const int MostBytes = 4096;

    private readonly IReadOnlyDictionary<string, Variant> _options;

    /// <exception cref="BusException">InvalidArgument: there is an option that is not known.</exception>
    public OptionReader(IReadOnlyDictionary<string, Variant> options, params ReadOnlySpan<string> known)
    {
        _options = options;
        foreach (string name in options.Keys)
        {
            if (!known.Contains(name))
                throw BusException.InvalidArgument($"There is no option '{Short(name)}'; {(known.IsEmpty ? "there are none" : $"there are: {string.Join(", ", known!)}")}.");
        }
    }

    public bool Has(string name) => _options.ContainsKey(name);

    public string Text(string name, string otherwise) => _options.TryGetValue(name, out Variant? value) ? Checked(Read(BusType.String, name, value), name) : otherwise;

    public uint Number(string name, uint otherwise) => _options.TryGetValue(name, out Variant? value) ? Read(BusType.UInt32, name, value) : otherwise;

    public bool Flag(string name, bool otherwise) => _options.TryGetValue(name, out Variant? value) ? Read(BusType.Boolean, name, value) : otherwise;

    public double Real(string name, double otherwise) => _options.TryGetValue(name, out Variant? value) ? Read(BusType.Double, name, value) : otherwise;

    /// <summary>A time.</summary>
    /// <exception cref="BusException">InvalidArgument: it is out of its range.</exception>
    public TimeSpan Seconds(string name, double otherwise, double least, double most) => Real(name, otherwise) is double seconds && seconds >= least && seconds <= most
        ? TimeSpan.FromSeconds(seconds)
        : throw BusException.InvalidArgument(FormattableString.Invariant($"{name} is {Real(name, otherwise)}, expected {least} to {most} seconds."));

    public T Value<T>(string name, BusType<T> type, T otherwise)
        where T : notnull => _options.TryGetValue(name, out Variant? value) ? Read(type, name, value) : otherwise;

    /// <summary>A text of bearable length.</summary>
    /// <exception cref="BusException">InvalidArgument: it is longer.</exception>
    public static string Checked(string text, string name) => System.Text.Encoding.UTF8.GetByteCount(text) <= MostBytes
        ? text
        : throw BusException.InvalidArgument($"{name} has more than {MostBytes} bytes.");

    /// <summary>What others sent is repeated to them, but not at any length.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    /// <summary>Size and rate.</summary>
    /// <exception cref="CamfxException">They cannot be.</exception>
    public static CameraMode Mode(uint width, uint height, double rate)
    {
        (int checkedWidth, int checkedHeight) = CameraMode.ParseSize($"{width}x{height}");
        return new CameraMode(checkedWidth, checkedHeight, Rate(rate));
    }

    private static FrameRate Rate(double rate) => rate is >= FrameRate.Slowest and <= FrameRate.Fastest
        ? FrameRate.Parse(rate.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture))
        : throw BusException.InvalidArgument($"The frame rate is {rate}, expected {FrameRate.Slowest} to {FrameRate.Fastest}.");

    private static T Read<T>(BusType<T> type, string name, Variant value)
        where T : notnull => type.Signature == value.Signature
        ? value.Get(type)
        : throw BusException.InvalidArgument($"The option {name} has the type {value.Signature}, expected {type.Signature}.");
}
