/* Writes, with PipeWire's own macros, the PODs that camfx writes by itself: one line each, "name hex". */
#include <stdio.h>
#include <spa/buffer/buffer.h>
#include <spa/param/format-utils.h>
#include <spa/param/param.h>
#include <spa/param/video/format-utils.h>
#include <spa/pod/builder.h>

static void show(const char *name, const struct spa_pod *pod)
{
    const unsigned char *bytes = (const unsigned char *)pod;
    size_t size = SPA_ROUND_UP_N(SPA_POD_SIZE(pod), 8);
    printf("%s ", name);
    for (size_t i = 0; i < size; i++)
        printf("%02x", bytes[i]);
    printf("\n");
}

static void format(const char *name, uint32_t param, uint32_t video_format, uint32_t width, uint32_t height, uint32_t num, uint32_t denom)
{
    uint8_t memory[1024];
    struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof(memory));
    struct spa_rectangle size = SPA_RECTANGLE(width, height);
    struct spa_fraction rate = SPA_FRACTION(num, denom);
    show(name, spa_pod_builder_add_object(&builder, SPA_TYPE_OBJECT_Format, param,
        SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video),
        SPA_FORMAT_mediaSubtype, SPA_POD_Id(SPA_MEDIA_SUBTYPE_raw),
        SPA_FORMAT_VIDEO_format, SPA_POD_Id(video_format),
        SPA_FORMAT_VIDEO_size, SPA_POD_Rectangle(&size),
        SPA_FORMAT_VIDEO_framerate, SPA_POD_Fraction(&rate)));
}

static void offered_with_choices(void)
{
    uint8_t memory[1024];
    struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof(memory));
    struct spa_rectangle size = SPA_RECTANGLE(640, 480), least = SPA_RECTANGLE(16, 16), most = SPA_RECTANGLE(4096, 2160);
    struct spa_fraction rate = SPA_FRACTION(30, 1), slowest = SPA_FRACTION(0, 1), fastest = SPA_FRACTION(60, 1);
    show("format-choices", spa_pod_builder_add_object(&builder, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat,
        SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video),
        SPA_FORMAT_mediaSubtype, SPA_POD_Id(SPA_MEDIA_SUBTYPE_raw),
        SPA_FORMAT_VIDEO_format, SPA_POD_CHOICE_ENUM_Id(4, SPA_VIDEO_FORMAT_NV12, SPA_VIDEO_FORMAT_NV12, SPA_VIDEO_FORMAT_I420, SPA_VIDEO_FORMAT_BGRA),
        SPA_FORMAT_VIDEO_size, SPA_POD_CHOICE_RANGE_Rectangle(&size, &least, &most),
        SPA_FORMAT_VIDEO_framerate, SPA_POD_CHOICE_RANGE_Fraction(&rate, &slowest, &fastest)));
}

static void buffers(void)
{
    uint8_t memory[1024];
    struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof(memory));
    show("buffers", spa_pod_builder_add_object(&builder, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers,
        SPA_PARAM_BUFFERS_buffers, SPA_POD_CHOICE_RANGE_Int(6, 6, 64),
        SPA_PARAM_BUFFERS_blocks, SPA_POD_Int(1),
        SPA_PARAM_BUFFERS_size, SPA_POD_Int(3112960),
        SPA_PARAM_BUFFERS_stride, SPA_POD_Int(1920),
        SPA_PARAM_BUFFERS_dataType, SPA_POD_CHOICE_FLAGS_Int(1 << SPA_DATA_MemFd)));
}

static void header_meta(void)
{
    uint8_t memory[1024];
    struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof(memory));
    show("header-meta", spa_pod_builder_add_object(&builder, SPA_TYPE_OBJECT_ParamMeta, SPA_PARAM_Meta,
        SPA_PARAM_META_type, SPA_POD_Id(SPA_META_Header),
        SPA_PARAM_META_size, SPA_POD_Int(sizeof(struct spa_meta_header))));
}

static void every_kind(void)
{
    uint8_t memory[1024];
    struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof(memory));
    struct spa_pod_frame outer, inner;
    int32_t numbers[3] = { 7, -8, 9 };
    spa_pod_builder_push_struct(&builder, &outer);
    spa_pod_builder_bool(&builder, true);
    spa_pod_builder_id(&builder, 0x80000001);
    spa_pod_builder_int(&builder, -2);
    spa_pod_builder_long(&builder, -3000000000L);
    spa_pod_builder_float(&builder, 0.5f);
    spa_pod_builder_double(&builder, -0.25);
    spa_pod_builder_string(&builder, "camfx \xc3\xa9");
    spa_pod_builder_string(&builder, "");
    spa_pod_builder_rectangle(&builder, 640, 480);
    spa_pod_builder_fraction(&builder, 30000, 1001);
    spa_pod_builder_array(&builder, sizeof(int32_t), SPA_TYPE_Int, 3, numbers);
    spa_pod_builder_push_choice(&builder, &inner, SPA_CHOICE_Step, 0);
    spa_pod_builder_long(&builder, 4);
    spa_pod_builder_long(&builder, 0);
    spa_pod_builder_long(&builder, 100);
    spa_pod_builder_long(&builder, 2);
    spa_pod_builder_pop(&builder, &inner);
    spa_pod_builder_push_choice(&builder, &inner, SPA_CHOICE_Enum, 0);
    spa_pod_builder_int(&builder, 1);
    spa_pod_builder_int(&builder, 2);
    spa_pod_builder_int(&builder, 3);
    spa_pod_builder_pop(&builder, &inner);
    show("every-kind", spa_pod_builder_pop(&builder, &outer));
}

int main(void)
{
    format("enum-i420", SPA_PARAM_EnumFormat, SPA_VIDEO_FORMAT_I420, 1920, 1080, 30, 1);
    format("enum-nv12", SPA_PARAM_EnumFormat, SPA_VIDEO_FORMAT_NV12, 1280, 720, 30000, 1001);
    format("enum-yuy2", SPA_PARAM_EnumFormat, SPA_VIDEO_FORMAT_YUY2, 642, 482, 25, 1);
    format("enum-bgra", SPA_PARAM_EnumFormat, SPA_VIDEO_FORMAT_BGRA, 16, 16, 1, 1);
    format("negotiated", SPA_PARAM_Format, SPA_VIDEO_FORMAT_NV12, 1280, 720, 30000, 1001);
    offered_with_choices();
    buffers();
    header_meta();
    every_kind();
    return 0;
}
