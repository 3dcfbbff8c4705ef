using Camfx.Frames;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;
using Camfx.Posix;

namespace Camfx.PipeWire.Capture;

/// <summary>
/// Finds the planes of a picture in a buffer of PipeWire's. The other side says where they are: nothing of it is believed that does not lie within
/// the memory that libpipewire has mapped.
/// </summary>
internal static unsafe class PlaneMap
{
    /// <summary>The picture; false if the buffer has none, or less than one.</summary>
    public static bool TryView(spa_buffer* buffer, in CaptureFormat format, out FrameView view)
    {
        view = default;
        if (buffer->n_datas == 0) return false;
        int planes = PixelFormatInfo.Of(format.Format).PlaneCount;
        FrameLayout packed = FrameLayout.Packed(format.Format, format.Width, format.Height);
        byte** address = stackalloc byte*[3] { null, null, null };
        int* stride = stackalloc int[3] { 0, 0, 0 };
        bool found = buffer->n_datas >= planes && planes > 1 ? Separate(buffer, packed, planes, address, stride)
            : Together(buffer->datas, packed, planes, address, stride);
        if (!found) return false;
        view = new FrameView(
            format.Format, format.Width, format.Height, format.Matrix, format.Range, address[0], stride[0], address[1], stride[1], address[2], stride[2]);
        return true;
    }

    /// <summary>Sees to it that a buffer has the memory it claims: reading beyond the end of a file ends the process.</summary>
    /// <exception cref="InvalidDataException">It has not.</exception>
    public static void DemandMemory(spa_buffer* buffer)
    {
        for (uint i = 0; i < buffer->n_datas; i++)
        {
            spa_data* data = buffer->datas + i;
            if (data->type != SpaConstants.DataMemFd || data->fd < 0) continue;
            using FileDescriptor file = new((int)data->fd, owned: false);
            if (FileStatus.Of(file).Size < (long)data->mapoffset + data->maxsize)
                throw new InvalidDataException("The node's buffers are larger than their memory; it cannot be shown.");
        }
    }

    /// <summary>Each plane has a block of its own.</summary>
    private static bool Separate(spa_buffer* buffer, in FrameLayout packed, int planes, byte** address, int* stride)
    {
        for (int plane = 0; plane < planes; plane++)
        {
            spa_data* data = buffer->datas + plane;
            if (!TryBlock(data, out byte* start, out long length)) return false;
            stride[plane] = data->chunk->stride > 0 ? data->chunk->stride : packed.RowBytes(plane);
            address[plane] = start;
            if (stride[plane] < packed.RowBytes(plane) || End(packed, plane, stride[plane]) > length) return false;
        }

        return true;
    }

    /// <summary>All planes lie in one block, one behind the other, their strides in the proportion of their rows.</summary>
    private static bool Together(spa_data* data, in FrameLayout packed, int planes, byte** address, int* stride)
    {
        if (!TryBlock(data, out byte* start, out long length)) return false;
        int first = data->chunk->stride > 0 ? data->chunk->stride : packed.Stride(0);
        long offset = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            // As GStreamer and libwebrtc lay them out: NV12's second plane has the first one's stride, I420's have half of it.
            stride[plane] = plane == 0 || planes == 2 ? first : (first + 1) / 2;
            address[plane] = start + offset;
            if (stride[plane] < packed.RowBytes(plane) || offset + End(packed, plane, stride[plane]) > length) return false;
            offset += (long)stride[plane] * packed.Rows(plane);
        }

        return true;
    }

    /// <summary>Bytes from a plane's first to behind its last; its last row needs no padding.</summary>
    private static long End(in FrameLayout packed, int plane, int stride) => (long)stride * (packed.Rows(plane) - 1) + packed.RowBytes(plane);

    private static bool TryBlock(spa_data* data, out byte* start, out long length)
    {
        start = null;
        length = 0;
        if (data->data == null || data->chunk == null) return false;
        uint offset = data->chunk->offset, most = data->maxsize;
        if (data->chunk->size == 0 || offset >= most) return false;
        start = (byte*)data->data + offset;
        length = most - offset;
        return true;
    }
}
