namespace Camfx.Imaging.Tests.Widths;

/// <summary>
/// The vector forms give the scalar form's bytes. The scalar form runs in a process without any vector instructions; each width in one
/// of its own, which first proves that it really has that width.
/// </summary>
public sealed class WidthTests : IClassFixture<ScalarResults>
{
    private readonly ScalarResults _scalar;

    public WidthTests(ScalarResults scalar) => _scalar = scalar;

    [SkippableFact]
    public void Avx512_gives_the_scalar_bytes()
    {
        Skip.IfNot(ActiveWidth.Bits == 512, "This processor or runtime has no AVX-512.");
        Compare("512");
    }

    [SkippableFact]
    public void Avx512_without_byte_permutes_gives_the_scalar_bytes()
    {
        Skip.IfNot(ActiveWidth.Bits == 512, "This processor or runtime has no AVX-512.");
        Compare("512", "DOTNET_EnableAVX512v2");
    }

    [SkippableFact]
    public void Avx2_gives_the_scalar_bytes()
    {
        Skip.IfNot(ActiveWidth.Bits >= 256, "This processor or runtime has no AVX2.");
        Compare("256", "DOTNET_EnableAVX512");
    }

    [SkippableFact]
    public void Sse_with_Avx_encodings_gives_the_scalar_bytes()
    {
        Skip.IfNot(ActiveWidth.Bits >= 128, "This processor or runtime has no vectors.");
        Compare("128", "DOTNET_EnableAVX2");
    }

    [SkippableFact]
    public void Sse_alone_gives_the_scalar_bytes()
    {
        Skip.IfNot(ActiveWidth.Bits >= 128, "This processor or runtime has no vectors.");
        Compare("128", "DOTNET_EnableAVX");
    }

    private void Compare(string width, params ReadOnlySpan<string> switchedOff)
    {
        string[] results = ChildProcess.Run(width, switchedOff);
        Assert.Equal($"width {width}", results[0]);
        Assert.Equal(_scalar.Lines.Length, results.Length);
        string[] wrong = [.. results.Skip(1).Where((line, i) => line != _scalar.Lines[i + 1])];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {results.Length} cases differ from the scalar form: {string.Join(", ", wrong.Take(10))}");
    }
}
