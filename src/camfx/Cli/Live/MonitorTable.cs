using Spectre.Console;

namespace Camfx.Cli.Live;

/// <summary>The live table of <c>camfx monitor</c>.</summary>
internal static class MonitorTable
{
    /// <summary>Draws the table anew as long as <paramref name="pause"/> says so.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="rows">Asks for the cameras, each as a row of <see cref="CameraRows.LiveHeads"/>.</param>
    /// <param name="pause">Waits for the next time; false: there is none.</param>
    public static void Show(IAnsiConsole console, Func<IEnumerable<string[]>> rows, Func<bool> pause) =>
        console.Live(Of(rows())).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).Start(context =>
        {
            context.Refresh();
            while (pause()) context.UpdateTarget(Of(rows()));
        });

    /// <summary>Names and sentences are text, never markup: a camera may be called <c>[red]</c>.</summary>
    private static Table Of(IEnumerable<string[]> rows)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string head in CameraRows.LiveHeads) table.AddColumn(new TableColumn(new Text(head)));
        foreach (string[] row in rows) table.AddRow(row.Select((cell, column) => new Text(cell, column == CameraRows.StateColumn ? StyleOf(cell) : Style.Plain)));
        if (table.Rows.Count == 0) table.Caption = new TableTitle(CameraRows.None);
        return table;
    }

    private static Style StyleOf(string state) => state switch
    {
        "streaming" => new Style(Color.Green),
        _ when state.StartsWith("placeholder", StringComparison.Ordinal) => new Style(Color.Yellow),
        _ when state.StartsWith("failed", StringComparison.Ordinal) => new Style(Color.Red),
        _ => Style.Plain,
    };
}
