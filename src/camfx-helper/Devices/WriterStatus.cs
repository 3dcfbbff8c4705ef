namespace Camfx.Helper.Devices;

/// <summary>What others are told about a device.</summary>
/// <param name="State"><c>placeholder</c>, <c>streaming</c> or <c>failed</c>.</param>
/// <param name="Reason">Why; empty: there is nothing to say.</param>
/// <param name="Watched">Whether an app streams from it.</param>
/// <param name="Memory">How frames reach it.</param>
/// <param name="Buffers">Frames it holds at once.</param>
internal sealed record WriterStatus(string State, string Reason, bool Watched, string Memory, int Buffers)
{
    public const string Placeholder = "placeholder", Streaming = "streaming", Failed = "failed";

    /// <summary>Of a device that has not begun.</summary>
    public static WriterStatus Begin { get; } = new(Placeholder, "", false, "none", 1);
}
