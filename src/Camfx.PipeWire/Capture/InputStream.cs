using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;
using Camfx.Posix;

namespace Camfx.PipeWire.Capture;

/// <summary>A stream that takes the pictures of one node (<c>pw_stream</c>): wishes for a format, follows what is agreed upon, keeps the newest picture.</summary>
/// <remarks>Thread-bound to the control loop; who looks at the picture is told apart in <see cref="HeldPicture"/>.</remarks>
internal sealed unsafe class InputStream : IDisposable
{
    private const int PodSize = 512;

    private static readonly pw_stream_events* s_events = MakeEvents();

    private readonly HeldPicture _held;
    private readonly Action<pw_stream_state, string> _stateChanged;
    private readonly Action<Exception> _fault;
    private readonly spa_hook* _hook;
    private pw_stream* _stream;
    private GCHandle _self;

    /// <summary>Asks for the pictures of a node.</summary>
    /// <param name="connection">Where; outlives this.</param>
    /// <param name="node">The node's id.</param>
    /// <param name="options">What suits best.</param>
    /// <param name="held">Where pictures go.</param>
    /// <param name="stateChanged">Told each state with its reason. It must not dispose the stream from inside the call.</param>
    /// <param name="fault">Told what went wrong inside; likewise.</param>
    public InputStream(
        Connection connection, uint node, NodeCaptureOptions options, HeldPicture held, Action<pw_stream_state, string> stateChanged, Action<Exception> fault)
    {
        _held = held;
        _stateChanged = stateChanged;
        _fault = fault;
        _stream = Libpipewire.pw_stream_new(connection.Core, options.Name, Properties.Create(
        [
            new("media.type", "Video"), new("media.category", "Capture"), new("media.role", "Camera"), new("node.name", options.Name),
                new("node.description", options.Name),
        ]));
        if (_stream == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make a PipeWire stream");
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_stream_add_listener(_stream, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
        try
        {
            Connect(node, options);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Takes the newest picture there is.</summary>
    public void Take() => _held.TakeFrom(_stream);

    /// <summary>Lets go of the node.</summary>
    public void Dispose()
    {
        if (_stream == null) return;
        _held.Forget();
        Libpipewire.pw_stream_destroy(_stream);
        _stream = null;
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static InputStream Self(void* data) => (InputStream)GCHandle.FromIntPtr((nint)data).Target!;

    private static pw_stream_events* MakeEvents()
    {
        var events = (pw_stream_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(InputStream), sizeof(pw_stream_events));
        events->version = pw_stream_events.PW_VERSION_STREAM_EVENTS;
        events->state_changed = &OnStateChanged;
        events->param_changed = &OnParamChanged;
        events->add_buffer = &OnAddBuffer;
        events->remove_buffer = &OnRemoveBuffer;
        events->process = &OnProcess;
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStateChanged(void* data, pw_stream_state old, pw_stream_state state, byte* error)
    {
        InputStream self = Self(data);
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
        InputStream self = Self(data);
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
        InputStream self = Self(data);
        try
        {
            PlaneMap.DemandMemory(buffer->buffer);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRemoveBuffer(void* data, pw_buffer* buffer) => Self(data)._held.Forget();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnProcess(void* data)
    {
        InputStream self = Self(data);
        try
        {
            self._held.TakeFrom(self._stream);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    private void Connect(uint node, NodeCaptureOptions options)
    {
        Span<long> memory = stackalloc long[2 * PodSize / sizeof(long)];
        void** pods = stackalloc void*[2];
        fixed (long* start = memory)
        {
            for (int i = 0; i < 2; i++)
            {
                // The camera's own size first: then nothing has to be scaled.
                pods[i] = (byte*)start + i * PodSize;
                PodBuilder builder = new(new Span<byte>(pods[i], PodSize));
                CaptureFormat.WriteWish(ref builder, options.Width, options.Height, anySize: i > 0);
            }

            int result = Libpipewire.pw_stream_connect(
                _stream, pw_direction.PW_DIRECTION_INPUT, node,
                pw_stream_flags.PW_STREAM_FLAG_AUTOCONNECT | pw_stream_flags.PW_STREAM_FLAG_MAP_BUFFERS | pw_stream_flags.PW_STREAM_FLAG_DONT_RECONNECT, pods, 2);
            if (result < 0) throw PosixException.FromErrno(-result, "ask PipeWire for the node's pictures");
        }
    }

    private void SetFormat(void* param)
    {
        _held.Forget();
        if (!PodReader.TryRead(param, out PodReader pod) || pod.Type == SpaType.None) return;
        if (!CaptureFormat.TryRead(pod, out CaptureFormat format)) throw new InvalidOperationException("PipeWire agreed on a format that was not asked for.");
        _held.Format = format;
        Span<long> memory = stackalloc long[2 * PodSize / sizeof(long)];
        void** pods = stackalloc void*[2];
        fixed (long* start = memory)
        {
            pods[0] = start;
            pods[1] = (byte*)start + PodSize;
            PodBuilder buffers = new(new Span<byte>(pods[0], PodSize));
            BufferParams.WriteInputBuffers(ref buffers);
            PodBuilder meta = new(new Span<byte>(pods[1], PodSize));
            BufferParams.WriteHeaderMeta(ref meta);
            int result = Libpipewire.pw_stream_update_params(_stream, pods, 2);
            if (result < 0) throw PosixException.FromErrno(-result, "tell PipeWire which buffers can be read");
        }
    }
}
