using System.Globalization;
using Camfx.Frames.Fuzz;

// The foreman starts this program again as its workers: a worker dies of what it finds.
switch (args)
{
    case ["prove", string side, string ledger, ..]:
    {
        using Ledger entries = Ledger.Open(ledger);
        using var worker = new Worker(entries, 1, 0);
        return worker.ReadOutside(before: side == "before");
    }

    case ["worker", string index, string ledger, string seed, string count, string first, string cases, string workers]:
    {
        using Ledger entries = Ledger.Open(ledger);
        return Work(new Worker(entries, (ulong)Number(seed), (int)Number(index)), Number(index), Number(count) / Number(workers) + 1, Number(first), Number(cases), Number(workers));
    }

    default:
        if (FuzzOptions.Parse(args) is { } options) return new Foreman(options).Run();
        Console.Error.WriteLine($"usage: {typeof(Program).Assembly.GetName().Name} {FuzzOptions.Usage}");
        return 2;
}

static int Work(Worker worker, long index, long mutations, long first, long cases, long workers)
{
    using (worker)
    {
        // A fifth of the mutations are made by a thread beside the reader.
        long storm = cases == 0 ? mutations / 5 : 0;
        long number = first + index;
        try
        {
            for (long done = 0; worker.Entry.Mutations < mutations - storm && (cases == 0 || index + done * workers < cases); done++, number += workers) worker.Run(number);
            if (storm > 0) worker.Storm(storm);
            return 0;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine($"worker {index}, case {number}: {failure}");
            return 1;
        }
    }
}

static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
