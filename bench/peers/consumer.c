/*
 * consumer: the cheapest honest PipeWire consumer, the same for every camera measured here. It maps each buffer, takes it, gives it
 * back, and looks at no pixel, so what a run costs is the camera's.
 *
 *     consumer -t NODE [-s WIDTHxHEIGHT]
 *
 * Prints the number of frames taken so far as a line, once a second; ends when the camera goes or on a signal.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <pipewire/pipewire.h>
#include <spa/param/video/format-utils.h>

struct consumer {
    struct pw_main_loop *loop;
    struct pw_stream *stream;
    unsigned width, height, frames;
    int streamed;
};

static void on_process(void *data)
{
    struct consumer *c = data;
    struct pw_buffer *b;
    while ((b = pw_stream_dequeue_buffer(c->stream))) {
        c->frames += b->buffer->datas[0].chunk->size > 0;
        pw_stream_queue_buffer(c->stream, b);
    }
}

static void on_second(void *data, uint64_t expirations)
{
    (void)expirations;
    printf("%u\n", ((struct consumer *)data)->frames);
    fflush(stdout);
}

static void on_state(void *data, enum pw_stream_state old, enum pw_stream_state state, const char *error)
{
    struct consumer *c = data;
    (void)old;
    if (state == PW_STREAM_STATE_ERROR)
        fprintf(stderr, "consumer: %s\n", error);
    c->streamed |= state == PW_STREAM_STATE_STREAMING;
    if (state == PW_STREAM_STATE_ERROR || (state == PW_STREAM_STATE_UNCONNECTED && c->streamed))
        pw_main_loop_quit(c->loop);
}

static void on_param(void *data, uint32_t id, const struct spa_pod *param)
{
    struct consumer *c = data;
    uint8_t memory[512];
    struct spa_pod_builder b = SPA_POD_BUILDER_INIT(memory, sizeof memory);
    const struct spa_pod *buffers;
    if (id != SPA_PARAM_Format || !param)
        return;
    buffers = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers,
        SPA_PARAM_BUFFERS_buffers, SPA_POD_CHOICE_RANGE_Int(4, 2, 8),
        SPA_PARAM_BUFFERS_dataType, SPA_POD_CHOICE_FLAGS_Int((1 << SPA_DATA_MemFd) | (1 << SPA_DATA_MemPtr)));
    pw_stream_update_params(c->stream, &buffers, 1);
}

static void on_signal(void *data, int number)
{
    (void)number;
    pw_main_loop_quit(((struct consumer *)data)->loop);
}

static const struct pw_stream_events events = {
    PW_VERSION_STREAM_EVENTS, .state_changed = on_state, .param_changed = on_param, .process = on_process,
};

int main(int argc, char **argv)
{
    struct consumer c = { .width = 1920, .height = 1080 };
    struct timespec second = { 1, 0 };
    struct pw_loop *loop;
    uint8_t memory[512];
    struct spa_pod_builder b = SPA_POD_BUILDER_INIT(memory, sizeof memory);
    const struct spa_pod *format;
    const char *target = NULL;
    int option;

    while ((option = getopt(argc, argv, "t:s:")) != -1)
        switch (option) {
        case 't': target = optarg; break;
        case 's': if (sscanf(optarg, "%ux%u", &c.width, &c.height) == 2) break; return 2;
        default: return 2;
        }
    if (!target)
        return 2;

    pw_init(&argc, &argv);
    c.loop = pw_main_loop_new(NULL);
    loop = pw_main_loop_get_loop(c.loop);
    pw_loop_add_signal(loop, SIGINT, on_signal, &c);
    pw_loop_add_signal(loop, SIGTERM, on_signal, &c);
    pw_loop_update_timer(loop, pw_loop_add_timer(loop, on_second, &c), &second, &second, false);
    c.stream = pw_stream_new_simple(loop, "consumer",
        pw_properties_new(PW_KEY_MEDIA_TYPE, "Video", PW_KEY_MEDIA_CATEGORY, "Capture", PW_KEY_MEDIA_ROLE, "Camera",
            PW_KEY_TARGET_OBJECT, target, PW_KEY_NODE_DONT_RECONNECT, "true", NULL),
        &events, &c);
    format = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat,
        SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video), SPA_FORMAT_mediaSubtype, SPA_POD_Id(SPA_MEDIA_SUBTYPE_raw),
        SPA_FORMAT_VIDEO_format, SPA_POD_Id(SPA_VIDEO_FORMAT_I420),
        SPA_FORMAT_VIDEO_size, SPA_POD_Rectangle(&SPA_RECTANGLE(c.width, c.height)),
        SPA_FORMAT_VIDEO_framerate, SPA_POD_CHOICE_RANGE_Fraction(&SPA_FRACTION(30, 1), &SPA_FRACTION(0, 1), &SPA_FRACTION(1000, 1)));
    if (pw_stream_connect(c.stream, PW_DIRECTION_INPUT, PW_ID_ANY, PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS, &format, 1) < 0) {
        fprintf(stderr, "consumer: no PipeWire session answers\n");
        return 1;
    }
    pw_main_loop_run(c.loop);
    pw_stream_destroy(c.stream);
    pw_main_loop_destroy(c.loop);
    pw_deinit();
    return 0;
}
