namespace Camfx.PipeWire.Spa;

/// <summary>The object types, keys and values of the parameters that a camera exchanges with PipeWire.</summary>
internal static class SpaConstants
{
    // enum spa_type, objects (spa/utils/type.h)
    public const uint ObjectFormat = 0x40003;
    public const uint ObjectParamBuffers = 0x40004;
    public const uint ObjectParamMeta = 0x40005;

    // enum spa_param_type (spa/param/param.h)
    public const uint ParamEnumFormat = 3;
    public const uint ParamFormat = 4;
    public const uint ParamBuffers = 5;
    public const uint ParamMeta = 6;

    // enum spa_format (spa/param/format.h)
    public const uint FormatMediaType = 1;
    public const uint FormatMediaSubtype = 2;
    public const uint FormatVideoFormat = 0x20001;
    public const uint FormatVideoModifier = 0x20002;
    public const uint FormatVideoSize = 0x20003;
    public const uint FormatVideoFramerate = 0x20004;
    public const uint FormatVideoColorRange = 0x2000c;
    public const uint FormatVideoColorMatrix = 0x2000d;

    // enum spa_video_format (spa/param/video/raw.h), without an alpha that means anything
    public const uint VideoFormatRgbx = 7;
    public const uint VideoFormatBgrx = 8;

    // enum spa_video_color_range and spa_video_color_matrix (spa/param/video/color.h)
    public const uint ColorRangeFull = 1;
    public const uint ColorMatrixBt709 = 3;

    // enum spa_media_type and spa_media_subtype (spa/param/format.h)
    public const uint MediaTypeVideo = 2;
    public const uint MediaSubtypeRaw = 1;
    public const uint MediaSubtypeMjpeg = 0x20002;

    // enum spa_param_buffers (spa/param/buffers.h)
    public const uint BuffersBuffers = 1;
    public const uint BuffersBlocks = 2;
    public const uint BuffersSize = 3;
    public const uint BuffersStride = 4;
    public const uint BuffersAlign = 5;
    public const uint BuffersDataType = 6;

    // enum spa_param_meta (spa/param/buffers.h)
    public const uint MetaType = 1;
    public const uint MetaSize = 2;

    // enum spa_meta_type (spa/buffer/meta.h)
    public const uint MetaHeader = 1;
    public const uint MetaBusy = 7;

    // enum spa_data_type (spa/buffer/buffer.h)
    public const uint DataMemPtr = 1;
    public const uint DataMemFd = 2;

    // SPA_META_HEADER_FLAG_* (spa/buffer/meta.h) and SPA_CHUNK_FLAG_* (spa/buffer/buffer.h)
    public const uint HeaderDiscontinuity = 1 << 0;
    public const uint HeaderCorrupted = 1 << 1;
    public const int ChunkCorrupted = 1 << 0;

    // SPA_DATA_FLAG_* (spa/buffer/buffer.h)
    public const uint DataReadable = 1 << 0;
}
