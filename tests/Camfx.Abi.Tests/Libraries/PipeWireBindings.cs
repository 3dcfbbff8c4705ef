using System.Reflection;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.PipeWire: libpipewire, the SPA structs it hands over, and the numbers its parameters are made of.</summary>
internal sealed class PipeWireBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(Libpipewire).Assembly;

    internal override void Describe(BindingTable table)
    {
        table.Package("libpipewire-0.3");
        table.Headers("pipewire/pipewire.h", "spa/buffer/buffer.h", "spa/buffer/meta.h");
        table.Headers("spa/param/param.h", "spa/param/buffers.h", "spa/param/video/format-utils.h", "spa/pod/pod.h", "spa/utils/type.h");
        table.Opaque<pw_thread_loop>();
        table.Opaque<pw_context>();
        table.Opaque<pw_core>();
        table.Opaque<pw_proxy>();
        table.Opaque<pw_properties>();
        table.Opaque<pw_stream>();
        table.Opaque<spa_source>();
        table.Struct<pw_client_events>("struct pw_client_events");
        table.Prefix<pw_client_info>("struct pw_client_info");
        table.Prefix<pw_core_events>("struct pw_core_events");
        table.Prefix<pw_core_methods>("struct pw_core_methods");
        table.Prefix<pw_core_info>("struct pw_core_info");
        table.Struct<pw_node_events>("struct pw_node_events");
        table.Prefix<pw_node_info>("struct pw_node_info");
        table.Prefix<pw_node_methods>("struct pw_node_methods");
        table.Prefix<pw_loop>("struct pw_loop");
        table.Struct<timespec>("struct timespec");
        table.Struct<spa_loop_utils_methods>("struct spa_loop_utils_methods");
        table.Struct<pw_registry_events>("struct pw_registry_events");
        table.Struct<pw_registry_methods>("struct pw_registry_methods");
        table.Prefix<pw_buffer>("struct pw_buffer");
        table.Prefix<pw_stream_events>("struct pw_stream_events");
        table.Struct<spa_chunk>("struct spa_chunk");
        table.Struct<spa_data>("struct spa_data");
        table.Struct<spa_meta>("struct spa_meta");
        table.Struct<spa_buffer>("struct spa_buffer");
        table.Struct<spa_meta_header>("struct spa_meta_header");
        table.Struct<spa_meta_busy>("struct spa_meta_busy");
        table.Struct<spa_dict_item>("struct spa_dict_item");
        table.Struct<spa_dict>("struct spa_dict");
        table.Struct<spa_list>("struct spa_list");
        table.Struct<spa_hook>("struct spa_hook");
        table.Struct<spa_callbacks>("struct spa_callbacks");
        table.Struct<spa_interface>("struct spa_interface");
        table.NotInC("Library", "the file the functions come from");

        table.Enum<SpaType>(member => member == "Invalid" ? null : $"SPA_TYPE_{member}");
        table.Enum<SpaChoice>(member => $"SPA_CHOICE_{member}");
        DescribeParameters(table);
    }

    private static void DescribeParameters(BindingTable table)
    {
        table.ConstantsOf(typeof(SpaConstants));
        table.Constant("ObjectFormat", "SPA_TYPE_OBJECT_Format");
        table.Constant("ObjectParamBuffers", "SPA_TYPE_OBJECT_ParamBuffers");
        table.Constant("ObjectParamMeta", "SPA_TYPE_OBJECT_ParamMeta");
        table.Constant("ParamEnumFormat", "SPA_PARAM_EnumFormat");
        table.Constant("ParamFormat", "SPA_PARAM_Format");
        table.Constant("ParamBuffers", "SPA_PARAM_Buffers");
        table.Constant("ParamMeta", "SPA_PARAM_Meta");
        table.Constant("FormatMediaType", "SPA_FORMAT_mediaType");
        table.Constant("FormatMediaSubtype", "SPA_FORMAT_mediaSubtype");
        table.Constant("FormatVideoFormat", "SPA_FORMAT_VIDEO_format");
        table.Constant("FormatVideoModifier", "SPA_FORMAT_VIDEO_modifier");
        table.Constant("FormatVideoSize", "SPA_FORMAT_VIDEO_size");
        table.Constant("FormatVideoFramerate", "SPA_FORMAT_VIDEO_framerate");
        table.Constant("FormatVideoColorRange", "SPA_FORMAT_VIDEO_colorRange");
        table.Constant("FormatVideoColorMatrix", "SPA_FORMAT_VIDEO_colorMatrix");
        table.Constant("VideoFormatRgbx", "SPA_VIDEO_FORMAT_RGBx");
        table.Constant("VideoFormatBgrx", "SPA_VIDEO_FORMAT_BGRx");
        table.Constant("ColorRangeFull", "SPA_VIDEO_COLOR_RANGE_0_255");
        table.Constant("ColorMatrixBt709", "SPA_VIDEO_COLOR_MATRIX_BT709");
        table.Constant("MediaTypeVideo", "SPA_MEDIA_TYPE_video");
        table.Constant("MediaSubtypeRaw", "SPA_MEDIA_SUBTYPE_raw");
        table.Constant("MediaSubtypeMjpeg", "SPA_MEDIA_SUBTYPE_mjpg");
        table.Constant("BuffersBuffers", "SPA_PARAM_BUFFERS_buffers");
        table.Constant("BuffersBlocks", "SPA_PARAM_BUFFERS_blocks");
        table.Constant("BuffersSize", "SPA_PARAM_BUFFERS_size");
        table.Constant("BuffersStride", "SPA_PARAM_BUFFERS_stride");
        table.Constant("BuffersAlign", "SPA_PARAM_BUFFERS_align");
        table.Constant("BuffersDataType", "SPA_PARAM_BUFFERS_dataType");
        table.Constant("MetaType", "SPA_PARAM_META_type");
        table.Constant("MetaSize", "SPA_PARAM_META_size");
        table.Constant("MetaHeader", "SPA_META_Header");
        table.Constant("MetaBusy", "SPA_META_Busy");
        table.Constant("DataMemPtr", "SPA_DATA_MemPtr");
        table.Constant("DataMemFd", "SPA_DATA_MemFd");
        table.Constant("HeaderDiscontinuity", "SPA_META_HEADER_FLAG_DISCONT");
        table.Constant("HeaderCorrupted", "SPA_META_HEADER_FLAG_CORRUPTED");
        table.Constant("ChunkCorrupted", "SPA_CHUNK_FLAG_CORRUPTED");
        table.Constant("DataReadable", "SPA_DATA_FLAG_READABLE");
        table.VersionOfOurs("PW_VERSION_CORE_EVENTS"); // PipeWire 1.4 has 1
    }
}
