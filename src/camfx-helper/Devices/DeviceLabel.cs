using System.Text;

namespace Camfx.Helper.Devices;

/// <summary>The names of nodes: checked before they reach the kernel, where others read them.</summary>
internal static class DeviceLabel
{
    /// <summary>Bytes the driver has room for.</summary>
    public const int MaxBytes = 31;

    /// <summary>Why a text is no label; null: it is one.</summary>
    public static string? WhyNot(string label)
    {
        int bytes = Encoding.UTF8.GetByteCount(label);
        if (bytes is 0 or > MaxBytes) return $"The label has {bytes} bytes, expected 1 to {MaxBytes}.";
        foreach (Rune rune in label.EnumerateRunes())
        {
            // What cannot be seen can make one camera look like another.
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || IsInvisible(rune))
                return $"The label has the character U+{rune.Value:X4}, which cannot be shown.";
        }

        // Modules of before 2022 take the label as a format of printf.
        if (label.Contains('%', StringComparison.Ordinal)) return "The label has a percent sign, which older kernel modules cannot bear.";
        return string.IsNullOrWhiteSpace(label) ? "The label is blank." : null;
    }

    /// <summary>The label of one of a device's nodes: the first has the device's own, the others a number behind it.</summary>
    /// <param name="label">The device's.</param>
    /// <param name="node">0 for the first.</param>
    public static string OfNode(string label, int node)
    {
        if (node == 0) return label;
        string suffix = $" {node + 1}";
        List<Rune> runes = [.. label.EnumerateRunes()];
        while (Encoding.UTF8.GetByteCount(string.Concat(runes)) + suffix.Length > MaxBytes) runes.RemoveAt(runes.Count - 1);
        return string.Concat(runes).TrimEnd() + suffix;
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.PrivateUse;
}
