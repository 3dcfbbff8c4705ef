using System.Text.Json;
using Camfx.Doctor;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Doctor;

public sealed class ReportTests
{
    private static readonly Finding[] s_findings =
        [new("one", Severity.Ok, "It is."), new("the second", Severity.Problem, "It is 'not'.", "mend --it"), new("x", Severity.Warning, "It may.")];

    [Fact]
    public void ColumnsAreAlignedAndRemediesStandBelow() => Assert.Equal(
        """
        ok       one         It is.
        problem  the second  It is 'not'.
                             $ mend --it
        warning  x           It may.

        1 problem, 1 warning.

        """,
        Report.Text(s_findings));

    [Fact]
    public void JsonHasEverything()
    {
        using var document = JsonDocument.Parse(Report.Json(s_findings));
        JsonElement root = document.RootElement;
        Assert.Equal((1, 1), (root.GetProperty("problems").GetInt32(), root.GetProperty("warnings").GetInt32()));
        JsonElement finding = root.GetProperty("findings")[1];
        Assert.Equal(
            ("the second", "problem", "It is 'not'.", "mend --it"),
            (finding.GetProperty("topic").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("message").GetString(),
                finding.GetProperty("remedy").GetString()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("findings")[0].GetProperty("remedy").ValueKind);
    }

    [SkippableFact]
    public async Task AProblemIsTheExitStatus()
    {
        // Without a session's folder nothing of a session is found.
        BuiltCamfx.Result bad = await BuiltCamfx.RunProgramAsync("/usr/bin/env", "-u", "XDG_RUNTIME_DIR", BuiltCamfx.Executable, "doctor", "--json");
        Assert.True(bad.ExitCode == 1, bad.Errors);
        using var document = JsonDocument.Parse(bad.Output);
        Assert.Contains(document.RootElement.GetProperty("findings").EnumerateArray(), static finding => finding.GetProperty("topic").GetString() == "session");
        BuiltCamfx.Result wrong = await BuiltCamfx.RunAsync("doctor", "--jsn");
        Assert.Equal(2, wrong.ExitCode);
    }
}
