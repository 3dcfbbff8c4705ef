using Camfx.Onnx.Tests.Models;

namespace Camfx.Onnx.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Inputs_and_outputs_have_names_types_and_shapes()
    {
        using OnnxSession session = Open(new ModelWriter()
            .Input("picture", 1, 3, -1, 16).InputOf(OnnxElement.Int64, "count", 1).Output("mask", 1, 1, -1, 16)
            .Node("ReduceMean", "picture", "mask", ("axes", new long[] { 1 })));
        Assert.Equal(["picture float 1x3x?x16", "count int64 1"], session.Inputs.Select(static input => input.ToString()));
        Assert.Equal(["mask float 1x1x?x16"], session.Outputs.Select(static output => output.ToString()));
        Assert.False(session.Inputs[0].IsFixed);
        Assert.True(session.Inputs[1].IsFixed);
    }

    [SkippableFact]
    public unsafe void A_run_reads_and_writes_our_memory()
    {
        using OnnxSession session = Open(Doubling());
        using OnnxTensor input = session.CreateTensor(1, 4), output = session.CreateTensor(1, 4);
        Assert.Equal(0, (nint)input.Data % 64);
        using OnnxRun run = new(session, [("x", input)], [("y", output)]);
        for (int pass = 1; pass <= 3; pass++)
        {
            for (int i = 0; i < 4; i++) input.Span[i] = pass * i;
            run.Run();
            Assert.Equal([0, 2 * pass, 4 * pass, 6 * pass], output.Span.ToArray());
        }
    }

    [SkippableFact]
    public void A_run_allocates_nothing()
    {
        using OnnxSession session = Open(Doubling());
        using OnnxTensor input = session.CreateTensor(1, 4), output = session.CreateTensor(1, 4);
        using OnnxRun run = new(session, [("x", input)], [("y", output)]);
        run.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) run.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SkippableFact]
    public void A_try_tells_the_shapes_that_a_network_leaves_open()
    {
        using OnnxSession session = Open(new ModelWriter()
            .Input("x", 1, -1, 2).Output("y", -1, -1).Constant("flat", 1, -1).Node("Reshape", "x flat", "y"));
        using OnnxTensor input = session.CreateTensor(1, 5, 2);
        Assert.Equal(["y float 1x10"], session.Try([("x", input)]).Select(static output => output.ToString()));
    }

    [SkippableFact]
    public void A_file_that_is_no_model_is_refused_in_one_sentence()
    {
        OnnxRuntime runtime = Runtime();
        string damaged = Path.Combine(_folder, "damaged.onnx");
        byte[] bytes = Doubling().ToArray();
        foreach (int length in (int[])[0, 1, bytes.Length / 2, bytes.Length - 1])
        {
            File.WriteAllBytes(damaged, bytes[..length]);
            OneSentence(Assert.Throws<OnnxException>(() => OnnxSession.Open(runtime, damaged, new OnnxSessionOptions())), damaged);
        }

        string missing = Path.Combine(_folder, "missing.onnx");
        OneSentence(Assert.Throws<OnnxException>(() => OnnxSession.Open(runtime, missing, new OnnxSessionOptions())), missing);
        OneSentence(Assert.Throws<OnnxException>(() => OnnxSession.Open(runtime, _folder, new OnnxSessionOptions())), _folder);
    }

    [SkippableFact]
    public void An_unknown_operation_is_named()
    {
        OnnxException refused = Assert.Throws<OnnxException>(() => Open(new ModelWriter().Input("x", 1).Output("y", 1).Node("Guess", "x", "y")));
        OneSentence(refused, "Guess");
    }

    [SkippableFact]
    public void A_shape_that_does_not_fit_is_named()
    {
        using OnnxSession session = Open(Doubling());
        using OnnxTensor input = session.CreateTensor(1, 5), output = session.CreateTensor(1, 4);
        using OnnxRun run = new(session, [("x", input)], [("y", output)]);
        OneSentence(Assert.Throws<OnnxException>(run.Run), "Got: 5 Expected: 4");
        using OnnxRun unknown = new(session, [("z", output)], [("y", output)]);
        OneSentence(Assert.Throws<OnnxException>(unknown.Run), "z");
    }

    [SkippableFact]
    public void A_card_that_is_not_there_leaves_the_processor_and_the_reason()
    {
        OnnxRuntime runtime = Runtime();
        bool isBuiltForIt = runtime.Providers.Contains("CUDAExecutionProvider");
        string path = Write(Doubling());
        using OnnxSession asked = OnnxSession.Open(runtime, path, new OnnxSessionOptions { Provider = OnnxProvider.Cuda });
        Skip.If(asked.Provider == OnnxProvider.Cuda, "this machine has a card");
        Assert.Contains(isBuiltForIt ? "libonnxruntime_providers" : "built without CUDA", asked.Fallback, StringComparison.Ordinal);
        Assert.DoesNotContain("[ONNXRuntimeError]", asked.Fallback, StringComparison.Ordinal);
        using OnnxSession automatic = OnnxSession.Open(runtime, path, new OnnxSessionOptions());
        Assert.Equal((OnnxProvider.Cpu, isBuiltForIt), (automatic.Provider, automatic.Fallback is not null));
        using OnnxSession processor = OnnxSession.Open(runtime, path, new OnnxSessionOptions { Provider = OnnxProvider.Cpu });
        Assert.Equal((OnnxProvider.Cpu, null), (processor.Provider, processor.Fallback));
    }

    private static ModelWriter Doubling() => new ModelWriter().Input("x", 1, 4).Output("y", 1, 4).Node("Add", "x x", "y");

    private static OnnxRuntime Runtime() => OnnxRuntime.Load(TestRuntime.Path);

    private static void OneSentence(OnnxException failure, string about)
    {
        Assert.Contains(about, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Message.Length < 400, failure.Message);
    }

    private OnnxSession Open(ModelWriter model) => OnnxSession.Open(Runtime(), Write(model), new OnnxSessionOptions());

    private string Write(ModelWriter model)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, model.ToArray());
        return path;
    }
}
