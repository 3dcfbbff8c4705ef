using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Sinks;

namespace Camfx.Pipeline;

/// <summary>A camera's ways out, each with the word it was asked for by. One comes or goes while the others are watched.</summary>
/// <param name="queues">The camera's.</param>
/// <param name="demand">The camera's.</param>
/// <param name="changed">Called when one of them has changed.</param>
/// <remarks>Only one thread changes them; any thread reads <see cref="All"/>.</remarks>
internal sealed class CameraOutputs(FormatQueues queues, Demand demand, Action changed) : IDisposable
{
    private ImmutableArray<(string Word, IOutput Output)> _named = [];
    private ImmutableArray<IOutput> _all = [];

    public ImmutableArray<IOutput> All => _all;

    /// <summary>Makes those that the options name and are not there; gives those that are there and not named any more, which have left <see cref="All"/>.</summary>
    /// <param name="options">The camera's.</param>
    /// <param name="start">Whether new ones begin at once.</param>
    /// <exception cref="CamfxException">One of them cannot be; nothing has changed then.</exception>
    public ImmutableArray<IOutput> Become(CameraOptions options, bool start)
    {
        ImmutableArray<(string Word, IOutput Output)> before = _named, after = Make(options, before, start);
        foreach ((_, IOutput output) in after.Except(before)) output.Changed += changed;
        Take(after);
        ImmutableArray<IOutput> gone = [.. before.Except(after).Select(static named => named.Output)];
        foreach (IOutput output in gone) output.Changed -= changed;
        return gone;
    }

    public void Dispose()
    {
        foreach (IOutput output in _all) output.Dispose();
    }

    private ImmutableArray<(string Word, IOutput Output)> Make(CameraOptions options, ImmutableArray<(string Word, IOutput Output)> before, bool start)
    {
        List<IOutput> made = [];
        IOutput New(string word)
        {
            IOutput output = OutputKinds.Create(word, options, queues, demand);
            made.Add(output);
            if (start) output.Start();
            return output;
        }

        // One of auto that is not here is no answer to who asks for it by name.
        bool Serves(IOutput output, string word) => output.IsHere || !options.Outputs.Contains(word, StringComparer.Ordinal);

        try
        {
            return [.. OutputKinds.Words(options).Select(word => (word, before.FirstOrDefault(named => named.Word == word && Serves(named.Output, word)).Output ?? New(word)))];
        }
        catch
        {
            foreach (IOutput output in made) output.Dispose();
            throw;
        }
    }

    private void Take(ImmutableArray<(string Word, IOutput Output)> named)
    {
        _named = named;
        ImmutableInterlocked.InterlockedExchange(ref _all, [.. named.Select(static each => each.Output)]);
    }
}
