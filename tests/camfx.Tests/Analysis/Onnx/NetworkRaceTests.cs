using Camfx.Analysis.Onnx;
using Camfx.Models;
using Camfx.Onnx;
using Camfx.Onnx.Tests.Models;

namespace Camfx.Tests.Analysis.Onnx;

public sealed class NetworkRaceTests
{
    [SkippableFact]
    public void The_faster_one_is_taken_and_the_processor_says_why()
    {
        using ModelFolder models = new();
        string slow = models.Write(SelfieSized.Write(), name: "slow");
        string fast = models.Write(new ModelWriter().Input("x", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Node("Identity", "x", "y"), name: "fast");

        using (Network card = NetworkRace.Faster(Open(fast), Open(slow)))
            Assert.Equal((fast, null), (card.Session.Path, card.Fallback));
        using Network processor = NetworkRace.Faster(Open(slow), Open(fast));
        Assert.Equal(fast, processor.Session.Path);
        Assert.StartsWith("the processor is faster, ", processor.Fallback, StringComparison.Ordinal);
    }

    private static Network Open(string path) => Network.Open(Model.OfFile(path), new OnnxSessionOptions { Provider = OnnxProvider.Cpu });
}
