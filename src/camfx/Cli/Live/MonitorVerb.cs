using System.CommandLine;
using System.Runtime.InteropServices;

namespace Camfx.Cli.Live;

/// <summary><c>camfx monitor</c>: the cameras as a table that is kept up to date.</summary>
internal static class MonitorVerb
{
    private const string Home = "\e[H", ClearLine = "\e[K", ClearBelow = "\e[J", OtherScreen = "\e[?1049h\e[?25l", FirstScreen = "\e[?25h\e[?1049l";

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Print the table once." };
        var monitor = new Command("monitor", "Shows the cameras as a table, twice a second, until Ctrl-C. Where there is no terminal it prints the table once.") { once };
        monitor.SetAction(parsed => ServiceClient.Do(client =>
        {
            if (parsed.GetValue(once) || Console.IsOutputRedirected) Console.Out.Write(Table(client));
            else Watch(client);
        }));
        return monitor;
    }

    private static string Table(ServiceClient client) => TextTable.Of(CameraRows.LiveHeads, client.Cameras().Select(CameraRows.Live), "There are no cameras.");

    private static void Watch(ServiceClient client)
    {
        using var ended = new ManualResetEventSlim();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        Console.Out.Write(OtherScreen);
        try
        {
            do
            {
                int width = Math.Max(Console.WindowWidth - 1, 20);
                string[] lines = Table(client).TrimEnd('\n').Split('\n');
                Console.Out.Write(Home + string.Concat(lines.Select(line => $"{(line.Length > width ? line[..(width - 1)] + "…" : line)}{ClearLine}\n")) + ClearBelow);
            }
            while (!ended.Wait(500));
        }
        finally
        {
            Console.Out.Write(FirstScreen);
        }
    }
}
