using System.Globalization;

namespace Camfx.V4L2;

/// <summary>A version of v4l2loopback.</summary>
public readonly record struct LoopbackVersion(int Major, int Minor, int Patch) : IComparable<LoopbackVersion>
{
    /// <summary>Reads <c>0.12.7</c>, as /sys/module/v4l2loopback/version has it; what follows a third number is passed over.</summary>
    public static bool TryParse(string text, out LoopbackVersion version)
    {
        version = default;
        string[] parts = text.Trim().TrimStart('v').Split('.', '-', '+', ' ');
        if (parts.Length < 2 || !Number(parts[0], out int major) || !Number(parts[1], out int minor)) return false;
        int patch = 0;
        if (parts.Length > 2 && !Number(parts[2], out patch)) patch = 0;
        version = new LoopbackVersion(major, minor, patch);
        return true;

        static bool Number(string part, out int value) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>From the number that QUERYCAP and V4L2LOOPBACK_CTL_VERSION tell (KERNEL_VERSION).</summary>
    public static LoopbackVersion FromCode(uint code) => new((int)(code >> 16), (int)(code >> 8 & 0xff), (int)(code & 0xff));

    /// <inheritdoc/>
    public int CompareTo(LoopbackVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    /// <summary>Whether the left is earlier.</summary>
    public static bool operator <(LoopbackVersion left, LoopbackVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is later.</summary>
    public static bool operator >(LoopbackVersion left, LoopbackVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is not later.</summary>
    public static bool operator <=(LoopbackVersion left, LoopbackVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is not earlier.</summary>
    public static bool operator >=(LoopbackVersion left, LoopbackVersion right) => left.CompareTo(right) >= 0;
}
