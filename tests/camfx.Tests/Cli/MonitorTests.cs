using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Camfx.Cli.Live;
using Camfx.Tests.Infrastructure;
using Camfx.Tests.Service;
using Spectre.Console;

namespace Camfx.Tests.Cli;

/// <summary><c>camfx monitor</c>: on a console the test holds, on a terminal, and where there is none.</summary>
public sealed class MonitorTests : IDisposable
{
    private const string OtherScreen = "\e[?1049h", FirstScreen = "\e[?1049l";

    private readonly RunningService _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public void Each_table_is_drawn_over_the_one_before_and_names_are_no_markup()
    {
        using StringWriter written = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = 200;
        Queue<string[][]> tables = new([[Row("[red]", "streaming")], [Row("[red]", "placeholder: It is gone.")], []]);

        MonitorTable.Show(console, tables.Dequeue, () => tables.Count > 0);

        string text = written.ToString();
        int first = text.IndexOf("\e[32mstreaming", StringComparison.Ordinal), second = text.IndexOf("\e[93mplaceholder: It is gone.", StringComparison.Ordinal);
        int last = text.IndexOf("camfx camera add NAME", StringComparison.Ordinal);
        Assert.True(first >= 0 && second > first && last > second, text);
        Assert.Matches("\e\\[4A", text[first..second]);
        Assert.Contains("[red]", text[..first], StringComparison.Ordinal);
        Assert.Contains("WATCHED BY", text[..first], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task On_a_terminal_it_follows_the_cameras_until_Ctrl_C()
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "script is not installed");
        _service.Start();
        ProcessStartInfo start = new("/usr/bin/script", ["-qec", $"stty cols 220 rows 40; exec env --default-signal=INT {BuiltCamfx.Executable} monitor", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in _service.Environment) start.Environment[name] = value;
        start.Environment["TERM"] = "xterm";
        using Process terminal = Process.Start(start)!;
        StringBuilder shown = new();
        await UntilShown(terminal, shown, "test:counter");
        await _service.RunAsync("source", "set", "test:ball");
        await UntilShown(terminal, shown, "test:ball");
        await terminal.StandardInput.WriteAsync('\u0003');
        await terminal.StandardInput.FlushAsync();
        shown.Append(await terminal.StandardOutput.ReadToEndAsync());
        await terminal.WaitForExitAsync();

        string text = shown.ToString();
        Assert.Equal(0, terminal.ExitCode);
        Assert.InRange(text.IndexOf(OtherScreen, StringComparison.Ordinal), 0, text.IndexOf("test:counter", StringComparison.Ordinal));
        Assert.True(text.LastIndexOf(FirstScreen, StringComparison.Ordinal) > text.LastIndexOf("test:ball", StringComparison.Ordinal), text);
    }

    [SkippableFact]
    public async Task Without_a_terminal_it_is_plain_and_as_JSON_a_camera_list_a_line()
    {
        _service.Start();
        BuiltCamfx.Result plain = await _service.RunAsync("monitor"), once = await _service.RunAsync("monitor", "--json", "--once");
        Assert.Equal((0, 0), (plain.ExitCode, once.ExitCode));
        Assert.StartsWith("CAMERA ", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', plain.Output);
        Assert.Equal("camfx", JsonDocument.Parse(Assert.Single(once.Output.TrimEnd('\n').Split('\n'))).RootElement[0].GetProperty("id").GetString());

        // It goes on, and ends when nobody reads any more.
        using Process stream = BuiltCamfx.Start(["monitor", "--json"], environment: _service.Environment);
        for (int i = 0; i < 2; i++) Assert.StartsWith("[{\"id\":\"camfx\"", await stream.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        stream.StandardOutput.Close();
        await stream.WaitForExitAsync();
        Assert.Equal(0, stream.ExitCode);
    }

    private static string[] Row(string name, string state) => [name, state, "test:bars", "30", "30", "0", "1.0 ms, p99 2.0 ms", "0", "nobody"];

    private static async Task UntilShown(Process terminal, StringBuilder shown, string text)
    {
        char[] buffer = new char[4096];
        while (!shown.ToString().Contains(text, StringComparison.Ordinal))
        {
            int count = await terminal.StandardOutput.ReadAsync(buffer);
            Assert.True(count > 0, $"the terminal ended: {shown}");
            shown.Append(buffer, 0, count);
        }
    }
}
