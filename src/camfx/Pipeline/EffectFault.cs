namespace Camfx.Pipeline;

/// <summary>Whether an effect has failed: then its chain goes on without it, until a chain with it is made anew.</summary>
/// <remarks>The render thread writes it, any thread asks.</remarks>
internal sealed class EffectFault
{
    private volatile string? _sentence;

    /// <summary>What went wrong and what to do, one sentence; null: nothing did.</summary>
    public string? Sentence => _sentence;

    /// <summary>It has thrown.</summary>
    public void Came(string kind, Exception failure) =>
        _sentence = $"The effect '{kind}' failed and is left out: {failure.Message.TrimEnd('.')}; change the effects, and it is tried again.";
}
