using Camfx.FFmpeg.Interop;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvUtil;

namespace Camfx.FFmpeg.Conversion;

/// <summary>Memory for frames of one size, kept from frame to frame: each block goes back to the pool with its last reference.</summary>
/// <remarks>Thread-bound; the references may end on any thread.</remarks>
internal sealed unsafe class FramePool : IDisposable
{
    // Vector stores of FFmpeg may run past a row's last pixel: rows end on this many bytes, and the block has as many to spare.
    private const int Alignment = 64;

    private AVBufferPool* _pool;
    private int _poolSize;

    /// <summary>Gives an empty frame memory, size and format.</summary>
    /// <param name="target">An <c>AVFrame</c> without buffers.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="format"><see cref="AV_PIX_FMT_YUV420P"/> or <see cref="AV_PIX_FMT_BGRA"/>.</param>
    /// <returns>0 or a negative error code.</returns>
    public int Allocate(AVFrame* target, int width, int height, int format)
    {
        int stride = Align(format == AV_PIX_FMT_BGRA ? width * 4 : width);
        int chromaStride = format == AV_PIX_FMT_BGRA ? 0 : Align((width + 1) / 2);
        int chromaRows = (height + 1) / 2;
        int size = checked(stride * height + 2 * chromaStride * chromaRows + Alignment);
        if (_poolSize != size)
        {
            Release();
            _pool = av_buffer_pool_init((nuint)size, 0);
            _poolSize = size;
        }

        AVBufferRef* buffer = _pool == null ? null : av_buffer_pool_get(_pool);
        if (buffer == null) return -Posix.Errno.ENOMEM;
        target->buf[0] = (ulong)buffer;
        target->data[0] = (ulong)buffer->data;
        target->linesize[0] = stride;
        if (chromaStride > 0)
        {
            target->data[1] = target->data[0] + (ulong)(stride * height);
            target->data[2] = target->data[1] + (ulong)(chromaStride * chromaRows);
            target->linesize[1] = target->linesize[2] = chromaStride;
        }

        target->width = width;
        target->height = height;
        target->format = format;
        return 0;
    }

    /// <summary>Gives the free memory back; frames that still hold some keep it.</summary>
    public void Dispose() => Release();

    private void Release()
    {
        if (_pool == null) return;
        AVBufferPool* pool = _pool;
        av_buffer_pool_uninit(&pool);
        _pool = null;
        _poolSize = 0;
    }

    private static int Align(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
