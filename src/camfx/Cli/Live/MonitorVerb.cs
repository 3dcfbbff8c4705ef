using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Camfx.Cli.Live;

/// <summary><c>camfx monitor</c>: the cameras as a table that is kept up to date.</summary>
internal static class MonitorVerb
{
    private const int PauseMs = 500;

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Print one table, or one line of JSON." };
        var json = new Option<bool>("--json") { Description = "Print the cameras as JSON twice a second, each time as one line." };
        var monitor = new Command("monitor", "Shows the cameras as a table, twice a second, until Ctrl-C. Where there is no terminal it prints the table once.") { once, json };
        monitor.SetAction(parsed => ServiceClient.Do(client =>
        {
            IAnsiConsole console = AnsiConsole.Console;
            if (parsed.GetValue(json)) UntilEnded(pause => Stream(client, () => !parsed.GetValue(once) && pause()));
            else if (parsed.GetValue(once) || Console.IsOutputRedirected || !console.Profile.Capabilities.Ansi) Console.Out.Write(Plain(client));
            else UntilEnded(pause => console.AlternateScreen(() => MonitorTable.Show(console, () => client.Cameras().Select(CameraRows.Live), pause)));
        }));
        return monitor;
    }

    private static string Plain(ServiceClient client) => TextTable.Of(CameraRows.LiveHeads, client.Cameras().Select(CameraRows.Live), CameraRows.None);

    private static void Stream(ServiceClient client, Func<bool> pause)
    {
        // Not the console's own stream: that one does not tell that nobody reads any more.
        using FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        do
        {
            byte[] line = Encoding.UTF8.GetBytes(StatusJson.LineOf(client.Cameras()));
            try
            {
                output.Write(line);
            }
            catch (IOException)
            {
                return;
            }
        }
        while (pause());
    }

    /// <summary>Does something that pauses now and then and goes on as long as the pause says so: until Ctrl-C.</summary>
    private static void UntilEnded(Action<Func<bool>> work)
    {
        using var ended = new ManualResetEventSlim();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        work(() => !ended.Wait(PauseMs));
    }
}
