using System.Globalization;
using Camfx.Frames;
using Camfx.Frames.Torture;
using Camfx.Frames.Torture.Board;

// The supervisor starts this program again as its writer and its readers.
switch (args)
{
    case ["writer", string socket, string board, string width, string height, string leases, string generation]:
    {
        using Scoreboard scores = Scoreboard.Open(board);
        var layout = FrameLayout.Packed(PixelFormat.I420, Number(width), Number(height));
        return new WriterProcess(scores, socket, layout, Number(leases), (ulong)Number(generation)).Run();
    }

    case ["reader", string socket, string board, string place, string manner, .. string[] more]:
    {
        using Scoreboard scores = Scoreboard.Open(board);
        return new ReaderProcess(scores, socket, Number(place), Enum.Parse<Manner>(manner), credulous: more.Length > 0).Run();
    }

    default:
        if (TortureOptions.Parse(args) is { } options) return new Supervisor(options).Run();
        Console.Error.WriteLine($"usage: {typeof(Program).Assembly.GetName().Name} {TortureOptions.Usage}");
        return 2;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
