using Camfx.Helper.Placeholder;

namespace Camfx.Helper.Devices;

/// <summary>What a device's placeholder says in each phase.</summary>
internal static class CardTexts
{
    /// <param name="label">The camera's name.</param>
    /// <param name="phase">What is to be shown.</param>
    /// <param name="reason">Why the last queue was given up; null: there is nothing to say about it.</param>
    public static CardText For(string label, FeedPhase phase, string? reason) => phase switch
    {
        FeedPhase.Off when reason is not null => new CardText(label, "No picture", reason),
        FeedPhase.Off => new CardText(label, "Camera off", "Start camfx to see its picture here."),
        FeedPhase.Hanging => new CardText(label, "No picture", "The program behind this camera sends no frames. The picture comes back when it does."),
        _ => new CardText(label, "Starting", "The first picture is on its way."),
    };
}
