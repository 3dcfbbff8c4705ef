using Camfx.FFmpeg.Filters;
using Camfx.Frames;

namespace Camfx.FFmpeg.Tests.Filters;

public sealed unsafe class FilterGraphTests
{
    private const long Interval = 33_333_333;

    [Fact]
    public void Pictures_go_through_the_filters()
    {
        using FilterGraph graph = Create("negate,hflip");
        Draw(graph.Begin(), _ => 10);
        graph.Push(5_000_000_000);
        Assert.True(graph.TryPull(out FrameView picture));
        Assert.Equal((64, 48, PixelFormat.I420), (picture.Width, picture.Height, picture.Format));
        Assert.Equal(245, picture.Row(0, 7)[63]);
        Assert.Equal(254, picture.Row(0, 7)[0]);
        Assert.False(graph.TryPull(out _));
    }

    [Fact]
    public void The_graph_around_the_filters_copies_nothing()
    {
        using FilterGraph graph = Create("null");
        FrameView drawn = graph.Begin();
        graph.Push(0);
        Assert.True(graph.TryPull(out FrameView picture));
        Assert.True(drawn.Row(0, 0) == picture.Row(0, 0), "the picture lies in another place");
    }

    [Fact]
    public void What_comes_out_is_i420_whatever_the_filters_make()
    {
        using FilterGraph graph = Create("format=rgb24,crop=32:16:0:0");
        Draw(graph.Begin(), _ => 100);
        graph.Push(0);
        Assert.True(graph.TryPull(out FrameView picture));
        Assert.Equal((32, 16, PixelFormat.I420), (picture.Width, picture.Height, picture.Format));
        Assert.Equal(100, picture.Row(0, 3)[9], 2.0);
    }

    [Fact]
    public void A_filter_may_keep_pictures_or_give_more()
    {
        using FilterGraph graph = Create("fps=60");
        int pulled = 0;
        for (int i = 0; i < 10; i++)
        {
            graph.Begin();
            graph.Push(i * Interval);
            while (graph.TryPull(out _)) pulled++;
        }

        Assert.InRange(pulled, 15, 20);
    }

    [Fact]
    public void Graphs_with_branches_and_sources_of_their_own_work()
    {
        using FilterGraph graph = Create("split[a][b];[b]negate[c];[a][c]hstack");
        Draw(graph.Begin(), _ => 0);
        graph.Push(0);
        Assert.True(graph.TryPull(out FrameView picture));
        Assert.Equal((128, 48), (picture.Width, picture.Height));
        Assert.Equal((0, 255), (picture.Row(0, 5)[3], picture.Row(0, 5)[70]));
    }

    [Theory]
    [InlineData("edgedetec", "edgedetec")]
    [InlineData("edgedetect=lov=0.1", "lov")]
    [InlineData("crop=1000:1000", "1000")]
    [InlineData("split", "output")]
    [InlineData("[a]negate[b", "]")]
    [InlineData("", "cannot be used")]
    public void A_bad_graph_is_refused_in_ffmpegs_words(string description, string word)
    {
        AvException refused = Assert.Throws<AvException>(() => Create(description));
        Assert.Equal(AvFailure.BadGraph, refused.Failure);
        Assert.StartsWith($"The graph '{description}' cannot be used: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_picture_allocates_no_managed_memory()
    {
        using FilterGraph graph = Create("negate");
        for (int i = 0; i < 10; i++) Run(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 10; i < 100; i++) Run(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int number)
        {
            graph.Begin();
            graph.Push(number * Interval);
            Assert.True(graph.TryPull(out _));
        }
    }

    private static FilterGraph Create(string description) => FilterGraph.Create(description, 64, 48, 30, 1, ColorMatrix.Bt601, ColorRange.Full);

    /// <summary>Column 63 is 1, the rest as told.</summary>
    private static void Draw(in FrameView view, Func<int, byte> luma)
    {
        for (int y = 0; y < view.Height; y++)
        {
            new Span<byte>(view.Row(0, y), view.Width).Fill(luma(y));
            view.Row(0, y)[63] = 1;
        }

        for (int plane = 1; plane < 3; plane++)
            for (int y = 0; y < view.Height / 2; y++) new Span<byte>(view.Row(plane, y), view.Width / 2).Fill(128);
    }
}
