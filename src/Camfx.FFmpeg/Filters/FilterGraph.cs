using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvFilter;
using static Camfx.FFmpeg.Interop.LibAvUtil;

namespace Camfx.FFmpeg.Filters;

/// <summary>
/// A graph of libavfilter's filters with one video input and one video output: I420 pictures of one size go in, I420 pictures come out, perhaps of
/// another size, later, or more or fewer than went in.
/// </summary>
/// <remarks>One thread at a time; it need not always be the same. A picture allocates no managed memory.</remarks>
public sealed unsafe class FilterGraph : IDisposable
{
    // Times in a graph are microseconds since its first picture: filters that do something "after 3 seconds" mean that.
    private const int TicksPerSecond = 1_000_000, NsPerTick = 1000;

    private readonly FramePool _pool = new();
    private readonly ColorMatrix _matrix;
    private readonly ColorRange _range;
    private readonly int _width;
    private readonly int _height;
    private AVFilterGraph* _graph;
    private AVFilterContext* _source;
    private AVFilterContext* _sink;
    private AVFrame* _input;
    private AVFrame* _output;
    private AVFrame* _next;
    private long _firstTime = -1;

    private FilterGraph(string description, int width, int height, ColorMatrix matrix, ColorRange range)
    {
        Description = description;
        _width = width;
        _height = height;
        _matrix = matrix;
        _range = range;
    }

    /// <summary>The graph as it was written.</summary>
    public string Description { get; }

    /// <summary>The matrix of the pictures that go in.</summary>
    public ColorMatrix Matrix => _matrix;

    /// <summary>Puts a graph together.</summary>
    /// <param name="description">In FFmpeg's words, e.g. <c>edgedetect=low=0.1,negate</c>; see ffmpeg-filters(1).</param>
    /// <param name="width">Of the pictures that go in, in pixels.</param>
    /// <param name="height">Of the pictures that go in, in pixels.</param>
    /// <param name="rateNumerator">Their rate.</param>
    /// <param name="rateDenominator">Their rate.</param>
    /// <param name="matrix">Their matrix.</param>
    /// <param name="range">Their range.</param>
    /// <exception cref="AvException"><see cref="AvFailure.BadGraph"/>: the message says what is wrong in FFmpeg's words.</exception>
    public static FilterGraph Create(
        string description, int width, int height, int rateNumerator, int rateDenominator, ColorMatrix matrix, ColorRange range)
    {
        LibAvLog.Silence();
        var graph = new FilterGraph(description, width, height, matrix, range);
        try
        {
            (int code, string said) = LibAvLog.Listen(() => graph.Build(rateNumerator, rateDenominator));
            return code >= 0 ? graph : throw Refused(description, code, said);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Memory for the next picture.</summary>
    /// <returns>I420 of the size given to <see cref="Create"/>, to be drawn into until <see cref="Push"/>.</returns>
    /// <exception cref="AvException">There is no memory.</exception>
    public FrameView Begin()
    {
        av_frame_unref(_input);
        Check(_pool.Allocate(_input, _width, _height, AV_PIX_FMT_YUV420P), "av_buffer_pool_get");
        return View(_input);
    }

    /// <summary>Puts in what was drawn since <see cref="Begin"/>. Nothing is computed yet.</summary>
    /// <param name="time">When it is shown, in ns; each later than the one before.</param>
    /// <exception cref="AvException">The graph cannot take it.</exception>
    public void Push(long time)
    {
        if (_firstTime < 0) _firstTime = time;
        _input->pts = (time - _firstTime) / NsPerTick;
        _input->colorspace = _matrix == ColorMatrix.Bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
        _input->color_range = _range == ColorRange.Full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
        int code = av_buffersrc_add_frame_flags(_source, _input, 0);
        av_frame_unref(_input);
        Check(code, "av_buffersrc_add_frame_flags");
    }

    /// <summary>Runs the graph until a picture comes out, or it needs another one first.</summary>
    /// <param name="picture">An I420 picture of the graph's own size; valid until another one comes out.</param>
    /// <returns>False: nothing came out.</returns>
    /// <exception cref="AvException">A filter failed.</exception>
    public bool TryPull(out FrameView picture)
    {
        picture = default;
        int code = av_buffersink_get_frame_flags(_sink, _next, 0);
        if (code == -Posix.Errno.EAGAIN || code == AVERROR_EOF) return false;
        Check(code, "av_buffersink_get_frame_flags");
        av_frame_unref(_output);
        av_frame_move_ref(_output, _next);
        picture = View(_output);
        return true;
    }

    /// <summary>Frees the graph; pictures that were pulled are gone.</summary>
    public void Dispose()
    {
        AVFilterGraph* graph = _graph;
        AVFrame* input = _input, output = _output, next = _next;
        _graph = null;
        _input = _output = _next = null;
        if (next != null) av_frame_free(&next);
        if (output != null) av_frame_free(&output);
        if (input != null) av_frame_free(&input);
        if (graph != null) avfilter_graph_free(&graph);
        _pool.Dispose();
    }

    /// <summary>
    /// source → what was written → scale (so that RGB comes back in the matrix it came from) → format (so that I420 comes out, whatever the filters make) → sink.
    /// </summary>
    private int Build(int rateNumerator, int rateDenominator)
    {
        _input = av_frame_alloc();
        _output = av_frame_alloc();
        _next = av_frame_alloc();
        _graph = avfilter_graph_alloc();
        if (_input == null || _output == null || _next == null || _graph == null) return -Posix.Errno.ENOMEM;
        _graph->nb_threads = 1;
        string colors = SourceTakesColors
            ? $":colorspace={(_matrix == ColorMatrix.Bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M)}:range={(_range == ColorRange.Full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG)}"
            : "";
        AVFilterContext* source = null, scale = null, format = null, sink = null;
        int code = Add(&source, "buffer", "in",
            $"video_size={_width}x{_height}:pix_fmt={AV_PIX_FMT_YUV420P}:time_base=1/{TicksPerSecond}:frame_rate={rateNumerator}/{rateDenominator}:pixel_aspect=1/1{colors}");
        // With one range on both sides it passes I420 on without a copy; a matrix, even the same one, costs one. What comes from RGB is BT.601 by itself.
        string range = _range == ColorRange.Full ? "full" : "limited", matrix = _matrix == ColorMatrix.Bt709 ? ":out_color_matrix=bt709" : "";
        if (code >= 0) code = Add(&scale, "scale", "from-rgb", $"in_range={range}:out_range={range}{matrix}");
        if (code >= 0) code = Add(&format, "format", "as-yuv420p", "pix_fmts=yuv420p");
        if (code >= 0) code = Add(&sink, "buffersink", "out", args: null);
        if (code >= 0) code = avfilter_link(scale, 0, format, 0);
        if (code >= 0) code = avfilter_link(format, 0, sink, 0);
        if (code >= 0) code = Parse(source, scale);
        if (code >= 0) code = avfilter_graph_config(_graph, null);
        _source = source;
        _sink = sink;
        return code;
    }

    private int Add(AVFilterContext** context, string filter, string name, string? args)
    {
        AVFilter* kind = avfilter_get_by_name(filter);
        return kind == null ? AVERROR_FILTER_NOT_FOUND : avfilter_graph_create_filter(context, kind, name, args, null, _graph);
    }

    /// <summary>The written graph's open input is the source's output, and its open output the scale filter's input.</summary>
    private int Parse(AVFilterContext* source, AVFilterContext* scale)
    {
        AVFilterInOut* outputs = avfilter_inout_alloc(), inputs = avfilter_inout_alloc();
        int code = -Posix.Errno.ENOMEM;
        if (outputs != null && inputs != null)
        {
            outputs->name = av_strdup("in");
            outputs->filter_ctx = source;
            inputs->name = av_strdup("out");
            inputs->filter_ctx = scale;
            code = avfilter_graph_parse_ptr(_graph, Description, &inputs, &outputs, null);

            // What is left over was not linked: the graph has no input or no output, or more than one.
            if (code >= 0 && (inputs != null || outputs != null)) code = -Posix.Errno.EINVAL;
        }

        avfilter_inout_free(&inputs);
        avfilter_inout_free(&outputs);
        return code;
    }

    private FrameView View(AVFrame* frame) => new(
        PixelFormat.I420, frame->width, frame->height, _matrix, _range,
        (byte*)frame->data[0], frame->linesize[0], (byte*)frame->data[1], frame->linesize[1], (byte*)frame->data[2], frame->linesize[2]);

    private void Check(int code, string operation)
    {
        if (code < 0)
            throw new AvException(
                AvFailure.Other, operation, Description, $"The graph '{Description}' failed: {AvException.Describe(code)}; try it with ffplay -vf.", code);
    }

    private static AvException Refused(string description, int code, string said)
    {
        string why = said.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        if (why.Length == 0) why = code == -Posix.Errno.EINVAL ? "it needs one video input and one video output" : AvException.Describe(code);
        return new AvException(
            AvFailure.BadGraph, "avfilter_graph_parse_ptr", description, $"The graph '{description}' cannot be used: {why}; see ffmpeg-filters(1).", code);
    }
}
