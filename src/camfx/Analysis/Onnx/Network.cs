using System.Collections.Immutable;
using Camfx.Models;
using Camfx.Onnx;

namespace Camfx.Analysis.Onnx;

/// <summary>A network with all that goes in and comes out tied together, its states going round.</summary>
/// <remarks>Thread-bound. <see cref="Run"/> allocates nothing.</remarks>
internal sealed class Network : IDisposable
{
    private readonly List<OnnxTensor> _tensors = [];
    private readonly OnnxRun[] _runs = [];
    private readonly OnnxTensor[][] _states = [[], []];
    private int _turn;

    private Network(OnnxSession session, ModelManifest manifest)
    {
        Session = session;
        try
        {
            Shape = NetworkShape.Of(session, manifest);
            Picture = Tensor(Shape.Picture.Shape);
            List<(string Name, OnnxTensor Tensor)> inputs = [(Shape.Picture.Name, Picture), .. manifest.Constants.Select(Constant)];
            ImmutableArray<OnnxValueInfo> outputs = Try(inputs, manifest);
            MaskOutput = outputs.First(output => output.Name == Shape.Mask.Name);
            Grid = MaskGrid.Of(MaskOutput, manifest.Output.Layout, session.Path);
            if (manifest.Output.Channel >= Grid.Channels)
            {
                throw new CamfxException(
                    ExitCode.Failed,
                    $"The mask of '{session.Path}' has {Grid.Channels} channel(s), and its manifest names channel {manifest.Output.Channel}, counted from 0.");
            }

            Mask = Tensor(MaskOutput.Shape);
            // What a run leaves in one set of states the next run takes from there.
            for (int turn = 0; turn < 2; turn++)
                _states[turn] = [.. manifest.States.Select(state => Tensor(outputs.First(output => output.Name == state.Output).Shape))];
            _runs = [.. Enumerable.Range(0, manifest.States.IsEmpty ? 1 : 2).Select(turn => Tie(inputs, manifest, turn))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OnnxSession Session { get; }

    public NetworkShape Shape { get; }

    /// <summary>Where the mask's numbers lie.</summary>
    public MaskGrid Grid { get; }

    /// <summary>The mask's output, every dimension known.</summary>
    public OnnxValueInfo MaskOutput { get; }

    public OnnxTensor Picture { get; }

    public OnnxTensor Mask { get; }

    /// <summary>Why it is computed on the processor although a card was asked for or is there; null: nothing of that kind.</summary>
    public string? Fallback
    {
        get => field ?? Session.Fallback;
        set;
    }

    /// <summary>Whether a run depends on those before.</summary>
    public bool HasStates => _states[0].Length > 0;

    /// <summary>Loads a model and ties it up.</summary>
    /// <exception cref="CamfxException">ONNX Runtime is missing, or model and manifest cannot be used; the sentence says what to do.</exception>
    public static Network Open(Model model, OnnxSessionOptions options)
    {
        try
        {
            ModelManifest manifest = model.ReadManifest();
            OnnxRuntime runtime = OnnxRuntime.Load();
            Network network = new(OnnxSession.Open(runtime, model.Path, options), manifest);
            // What is copied to a card and back can cost more than it saves.
            return options.Provider == OnnxProvider.Auto && network.Session.Provider == OnnxProvider.Cuda
                ? NetworkRace.Faster(network, new Network(OnnxSession.Open(runtime, model.Path, options with { Provider = OnnxProvider.Cpu }), manifest))
                : network;
        }
        catch (OnnxException failure)
        {
            throw new CamfxException(ExitCode.Failed, failure.Message, failure);
        }
    }

    /// <summary>Computes the mask of the picture.</summary>
    /// <exception cref="OnnxException">It cannot be run.</exception>
    public void Run()
    {
        _runs[_turn].Run();
        if (HasStates) _turn = 1 - _turn;
    }

    /// <summary>Forgets the pictures so far.</summary>
    public void Reset()
    {
        foreach (OnnxTensor state in _states[_turn]) state.Clear();
    }

    public void Dispose()
    {
        foreach (OnnxRun run in _runs) run.Dispose();
        foreach (OnnxTensor tensor in _tensors) tensor.Dispose();
        Session.Dispose();
    }

    /// <summary>
    /// The shapes of the outputs. Where the network leaves that of a state open, one number stands in for it: zero is zero in every shape, and what comes out has the
    /// shape that it wants.
    /// </summary>
    private ImmutableArray<OnnxValueInfo> Try(List<(string Name, OnnxTensor Tensor)> inputs, ModelManifest manifest)
    {
        List<(string, OnnxTensor)> first = [.. inputs];
        foreach (ModelState state in manifest.States)
        {
            OnnxValueInfo input = Session.Inputs.FirstOrDefault(value => value.Name == state.Input) ?? throw NoState("input", state.Input);
            if (!Session.Outputs.Any(value => value.Name == state.Output)) throw NoState("output", state.Output);
            first.Add((state.Input, Tensor([.. input.Shape.Select(static dimension => Math.Max(1, dimension))])));
        }

        return Session.Try(first);
    }

    private OnnxRun Tie(List<(string Name, OnnxTensor Tensor)> inputs, ModelManifest manifest, int turn) => new(
        Session,
        [.. inputs, .. manifest.States.Select((state, i) => (state.Input, _states[turn][i]))],
        [(MaskOutput.Name, Mask), .. manifest.States.Select((state, i) => (state.Output, (OnnxTensor?)_states[1 - turn][i]))]);

    private (string Name, OnnxTensor Tensor) Constant(ModelConstant constant)
    {
        OnnxTensor tensor = Tensor(constant.Shape);
        constant.Values.AsSpan().CopyTo(tensor.Span);
        return (constant.Input, tensor);
    }

    private CamfxException NoState(string kind, string name) =>
        new(ExitCode.Failed, $"The model '{Session.Path}' has no {kind} '{name}', which its manifest names as a state.");

    private OnnxTensor Tensor(ImmutableArray<long> shape)
    {
        OnnxTensor tensor = Session.CreateTensor(shape);
        _tensors.Add(tensor);
        return tensor;
    }
}
