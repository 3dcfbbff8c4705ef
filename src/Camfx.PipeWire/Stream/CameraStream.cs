using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;
using Camfx.Posix;

namespace Camfx.PipeWire.Stream;

/// <summary>
/// The camera's stream on one connection (<c>pw_stream</c>): offers the formats, follows what is negotiated and carries frames through a
/// <see cref="FramePump"/> while a format is set.
/// </summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed unsafe class CameraStream : IDisposable
{
    private const int FormatPodSize = 256;

    private static readonly pw_stream_events* s_events = MakeEvents();

    private readonly CameraNodeOptions _options;
    private readonly IFrameQueueHost _host;
    private readonly StreamCounters _counters;
    private readonly Action<pw_stream_state, string> _stateChanged;
    private readonly Action<Exception> _fault;
    private readonly spa_hook* _hook;
    private pw_stream* _stream;
    private FramePump? _pump;
    private GCHandle _self;

    /// <summary>Announces the node on a connection that outlives this.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="options">How it presents itself.</param>
    /// <param name="host">Who has the queues.</param>
    /// <param name="counters">Where frames are counted.</param>
    /// <param name="stateChanged">Told each state with its reason. It must not dispose the stream from inside the call.</param>
    /// <param name="fault">Told what the host or <paramref name="stateChanged"/> threw; likewise.</param>
    public CameraStream(
        Connection connection, CameraNodeOptions options, IFrameQueueHost host, StreamCounters counters,
        Action<pw_stream_state, string> stateChanged, Action<Exception> fault)
    {
        _options = options;
        _host = host;
        _counters = counters;
        _stateChanged = stateChanged;
        _fault = fault;
        _stream = Libpipewire.pw_stream_new(connection.Core, options.Name, Properties.Create(NodeProperties.Of(options)));
        if (_stream == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make a PipeWire stream");
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_stream_add_listener(_stream, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
        try
        {
            Rehearse();
            Connect();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The node's id at PipeWire, or null while the daemon has not given one.</summary>
    public uint? NodeId => Libpipewire.pw_stream_get_node_id(_stream) is uint id and not Libpipewire.SPA_ID_INVALID ? id : null;

    /// <summary>The format agreed upon.</summary>
    public PixelFormat Format => _pump?.Format ?? PixelFormat.Unknown;

    /// <summary>Hands the newest frame to PipeWire if it is a new one and PipeWire holds less than its share.</summary>
    public void Offer() => _pump?.Offer();

    /// <inheritdoc cref="FramePump.OfferAgain"/>
    public bool OfferAgain() => _pump?.OfferAgain() ?? true;

    /// <inheritdoc cref="FramePump.ReclaimAll"/>
    public void ReclaimAll() => _pump?.ReclaimAll();

    /// <summary>Takes the node back; its queue is closed.</summary>
    public void Dispose()
    {
        if (_stream == null) return;
        Libpipewire.pw_stream_destroy(_stream);
        _stream = null;
        CloseQueue();
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static pw_stream_events* MakeEvents()
    {
        var events = (pw_stream_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(CameraStream), sizeof(pw_stream_events));
        events->version = pw_stream_events.PW_VERSION_STREAM_EVENTS;
        events->state_changed = &OnStateChanged;
        events->param_changed = &OnParamChanged;
        events->add_buffer = &OnAddBuffer;
        events->remove_buffer = &OnRemoveBuffer;
        return events;
    }

    /// <summary>
    /// Runs the way of a new buffer once, so that it is compiled. PipeWire 0.3 does not always wait for the buffers of a stream that brings its own:
    /// if ours come some ten milliseconds late, the consumer gets buffers without memory and never sees a picture.
    /// </summary>
    private void Rehearse()
    {
        using FrameQueueWriter queue = FrameQueueWriter.Create(new FrameQueueOptions(
            "rehearsal", FrameLayout.Packed(PixelFormat.Gray8, 16, 16), ColorMatrix.Bt601, ColorRange.Limited, 1, 1, 1, 1));
        using FramePump pump = new(_stream, queue, 1, _counters);
        spa_data data = new() { type = 1 << (int)SpaConstants.DataMemFd };
        spa_buffer buffer = new() { n_datas = 1, datas = &data };
        pw_buffer outer = new() { buffer = &buffer };
        void* self = (void*)GCHandle.ToIntPtr(_self);
        _pump = pump;
        s_events->add_buffer(self, &outer);
        s_events->remove_buffer(self, &outer);
        _pump = null;
    }

    private void Connect()
    {
        int count = _options.Formats.Length;
        Span<long> memory = stackalloc long[count * FormatPodSize / sizeof(long)];
        void** pods = stackalloc void*[count];
        fixed (long* start = memory)
        {
            for (int i = 0; i < count; i++)
            {
                pods[i] = (byte*)start + i * FormatPodSize;
                PodBuilder builder = new(new Span<byte>(pods[i], FormatPodSize));
                new VideoFormat(
                    _options.Formats[i], (uint)_options.Width, (uint)_options.Height,
                    (uint)_options.FrameRateNumerator, (uint)_options.FrameRateDenominator).Write(ref builder, SpaConstants.ParamEnumFormat);
            }

            // A driver: frames go when the camera has them, not when a clock of PipeWire's asks. Process runs in no callback of ours, so
            // there is nothing for PW_STREAM_FLAG_RT_PROCESS to speed up.
            int result = Libpipewire.pw_stream_connect(
                _stream, pw_direction.PW_DIRECTION_OUTPUT, Libpipewire.PW_ID_ANY,
                pw_stream_flags.PW_STREAM_FLAG_DRIVER | pw_stream_flags.PW_STREAM_FLAG_ALLOC_BUFFERS, pods, (uint)count);
            if (result < 0) throw PosixException.FromErrno(-result, "announce the camera at PipeWire");
        }
    }

    private void SetFormat(void* param)
    {
        if (!PodReader.TryRead(param, out PodReader pod) || pod.Type == SpaType.None)
        {
            CloseQueue();
            return;
        }

        if (!VideoFormat.TryRead(pod, out VideoFormat format) || !_options.Formats.Contains(format.Format))
            throw new InvalidOperationException("PipeWire agreed on a format that the camera does not offer.");
        if (_pump?.Format != format.Format)
        {
            CloseQueue();
            _pump = new FramePump(_stream, _host.OpenQueue(format.Format), _options.Share, _counters);
        }

        Span<long> memory = stackalloc long[2 * FormatPodSize / sizeof(long)];
        void** pods = stackalloc void*[2];
        fixed (long* start = memory)
        {
            pods[0] = start;
            pods[1] = (byte*)start + FormatPodSize;
            PodBuilder buffers = new(new Span<byte>(pods[0], FormatPodSize));
            _pump.WriteBuffers(ref buffers);
            PodBuilder meta = new(new Span<byte>(pods[1], FormatPodSize));
            BufferParams.WriteHeaderMeta(ref meta);
            int result = Libpipewire.pw_stream_update_params(_stream, pods, 2);
            if (result < 0) throw PosixException.FromErrno(-result, "tell PipeWire the camera's buffers");
        }
    }

    private void CloseQueue()
    {
        if (_pump is not FramePump pump) return;
        _pump = null;
        pump.Dispose();
        _host.CloseQueue(pump.Queue);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStateChanged(void* data, pw_stream_state old, pw_stream_state state, byte* error)
    {
        var self = (CameraStream)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self._stateChanged(state, Marshal.PtrToStringUTF8((nint)error) ?? "");
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnParamChanged(void* data, uint id, void* param)
    {
        if (id != SpaConstants.ParamFormat) return;
        var self = (CameraStream)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self.SetFormat(param);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAddBuffer(void* data, pw_buffer* buffer)
    {
        var self = (CameraStream)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self._pump?.Add(buffer);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRemoveBuffer(void* data, pw_buffer* buffer)
    {
        var self = (CameraStream)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self._pump?.Clear();
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }
}
