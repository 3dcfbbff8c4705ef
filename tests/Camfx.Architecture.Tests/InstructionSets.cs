using System.Text.RegularExpressions;

namespace Camfx.Architecture.Tests;

/// <summary>Code that is for one kind of processor is behind a question: elsewhere (arm64, an old PC) it would throw.</summary>
public partial class InstructionSets
{
    // Each set, and those that a processor with it has as well.
    private static readonly string[][] s_chains =
    [
        ["Avx512Vbmi", "Avx512BW", "Avx512F", "Fma", "Avx2", "Avx", "Sse42", "Sse41", "Ssse3", "Sse3", "Sse2", "Sse"],
        ["AdvSimd.Arm64", "AdvSimd"],
    ];

    [Fact]
    public void A_folder_that_uses_an_instruction_set_asks_whether_it_is_there()
    {
        IEnumerable<string> unasked = Repository.SourceFiles("src").Where(static path => !path.Contains("/obj/", StringComparison.Ordinal))
            .GroupBy(static path => Path.GetDirectoryName(path)!, Repository.Read, StringComparer.Ordinal)
            .SelectMany(static folder => Unasked(string.Join('\n', folder)).Select(set => $"{folder.Key}: {set}"));
        Assert.Empty(unasked);
    }

    [Theory]
    [InlineData("if (Avx2.IsSupported) Avx2.Average(a, b);")]
    [InlineData("if (Avx2.IsSupported) Ssse3.Shuffle(a, b);")]
    [InlineData("AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipEven(a, b) : AdvSimd.Abs(a)")]
    public void What_is_asked_for_passes(string code) => Assert.Empty(Unasked(code));

    [Theory]
    [InlineData("Avx2.Average(a, b);", "Avx2")]
    [InlineData("if (Sse41.IsSupported) Avx2.Average(a, b);", "Avx2")]
    [InlineData("if (AdvSimd.IsSupported) AdvSimd.Arm64.UnzipEven(a, b);", "AdvSimd.Arm64")]
    [InlineData("Gfni.GaloisFieldMultiply(a, b);", "Gfni")]
    public void What_is_not_does_not(string code, string set) => Assert.Equal([set], Unasked(code));

    private static IEnumerable<string> Unasked(string code)
    {
        ILookup<string, string> uses = Use().Matches(code).ToLookup(static use => use.Groups[1].Value, static use => use.Groups[2].Value);
        HashSet<string> asked = [.. uses.Where(static set => set.Contains("IsSupported")).Select(static set => set.Key)];
        foreach (string[] chain in s_chains)
        {
            int first = Array.FindIndex(chain, asked.Contains);
            if (first >= 0) asked.UnionWith(chain[first..]);
        }

        return uses.Select(static set => set.Key).Where(set => !asked.Contains(set));
    }

    [GeneratedRegex(@"\b((?:X86Base|X86Serialize|Sse[234]?\d?|Ssse3|Avx\w*|Bmi[12]|Lzcnt|Popcnt|Fma|Pclmulqdq|Gfni|AdvSimd|ArmBase|Dp|Rdm|Sve2?)(?:\.(?:X64|Arm64|V256|V512|VL))?)\.(\w+)")]
    private static partial Regex Use();
}
