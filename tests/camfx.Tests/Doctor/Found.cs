using Camfx.Doctor;

namespace Camfx.Tests.Doctor;

/// <summary>What a check must have found.</summary>
internal static class Found
{
    /// <summary>One finding, of this severity, whose sentence and remedy have these words in them.</summary>
    public static void One(Severity severity, string words, IReadOnlyList<Finding> findings, string? remedy = null)
    {
        Finding finding = Assert.Single(findings);
        Assert.True(severity == finding.Severity, $"{finding.Severity} instead of {severity}: {finding.Message}");
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        if (remedy is not null) Assert.Contains(remedy, finding.Remedy ?? "", StringComparison.Ordinal);
        if (severity == Severity.Ok) Assert.Null(finding.Remedy);
    }
}
