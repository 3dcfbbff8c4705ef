namespace Camfx.Pipeline;

/// <summary>Whether an effect has failed: then its chain goes on without it, until a chain with it is made anew.</summary>
/// <remarks>The render thread writes it, any thread asks.</remarks>
internal sealed class EffectFault
{
    private volatile string? _sentence;

    /// <summary>What went wrong and what to do, one sentence; null: nothing did.</summary>
    public string? Sentence => _sentence;

    /// <summary>It has thrown.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="failure">What it threw.</param>
    /// <param name="isBlack">Whether a black picture is shown instead.</param>
    public void Came(string kind, Exception failure, bool isBlack) =>
        _sentence = $"The effect '{kind}' failed and {(isBlack ? "the picture is black instead" : "is left out")}: {failure.Message.TrimEnd('.')}; change the effects, and it is tried again.";
}
