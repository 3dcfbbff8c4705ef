/*
 * link: PipeWire's own link, as cheap as it gets: the producer draws straight into memfd buffers of its own, paced by the loop's timer, and the
 * consumer reads them where they are, on PipeWire's data thread. ADDRESS is the producer's node name.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <pipewire/pipewire.h>
#include <spa/param/video/format-utils.h>

#include "peer.h"

struct link {
    struct peer peer;
    struct pw_main_loop *loop;
    struct pw_stream *stream;
    struct spa_source *timer;
    uint64_t number;
    int streamed, over, failed;
};

static void on_timer(void *data, uint64_t expirations)
{
    struct link *link = data;
    struct pw_buffer *buffer = pw_stream_dequeue_buffer(link->stream);
    (void)expirations;
    if (buffer) {
        struct spa_data *memory = &buffer->buffer->datas[0];
        picture_draw(memory->data, ++link->number);
        memory->chunk->offset = 0;
        memory->chunk->size = PICTURE_BYTES;
        memory->chunk->stride = PICTURE_WIDTH;
        memory->chunk->flags = 0;
        picture_stamp(memory->data);
        pw_stream_queue_buffer(link->stream, buffer);
    }
    pw_stream_trigger_process(link->stream);
    if (buffer)
        picture_sent(link->number);
}

static void on_produced_state(void *data, enum pw_stream_state old, enum pw_stream_state state, const char *error)
{
    struct link *link = data;
    const long period = 1000000000L / link->peer.rate;
    struct timespec off = { 0, 0 }, first = { 0, 1 }, each = { 0, period };
    int on = state == PW_STREAM_STATE_STREAMING;
    pw_loop_update_timer(pw_main_loop_get_loop(link->loop), link->timer, on ? &first : &off, on ? &each : &off, false);
    if (state == PW_STREAM_STATE_PAUSED && old == PW_STREAM_STATE_CONNECTING)
        peer_ready();
    if (state == PW_STREAM_STATE_ERROR)
        fprintf(stderr, "link: %s\n", error);
    link->failed |= state == PW_STREAM_STATE_ERROR;
    link->streamed |= on;
    if (state == PW_STREAM_STATE_ERROR || (link->streamed && !on))
        pw_main_loop_quit(link->loop);
}

static void on_produced_format(void *data, uint32_t id, const struct spa_pod *param)
{
    struct link *link = data;
    uint8_t memory[512];
    struct spa_pod_builder b = SPA_POD_BUILDER_INIT(memory, sizeof memory);
    const struct spa_pod *buffers;
    if (id != SPA_PARAM_Format || !param)
        return;
    buffers = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers,
        SPA_PARAM_BUFFERS_buffers, SPA_POD_CHOICE_RANGE_Int(4, 2, 8), SPA_PARAM_BUFFERS_blocks, SPA_POD_Int(1),
        SPA_PARAM_BUFFERS_size, SPA_POD_Int(PICTURE_BYTES), SPA_PARAM_BUFFERS_stride, SPA_POD_Int(PICTURE_WIDTH),
        SPA_PARAM_BUFFERS_dataType, SPA_POD_CHOICE_FLAGS_Int(1 << SPA_DATA_MemFd));
    pw_stream_update_params(link->stream, &buffers, 1);
}

static void on_add_buffer(void *data, struct pw_buffer *buffer)
{
    struct spa_data *memory = &buffer->buffer->datas[0];
    int fd = memfd_create("link", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    (void)data;
    peer_require(fd >= 0 && ftruncate(fd, PICTURE_BYTES) == 0, "memfd");
    memory->type = SPA_DATA_MemFd;
    memory->flags = SPA_DATA_FLAG_READWRITE;
    memory->fd = fd;
    memory->mapoffset = 0;
    memory->maxsize = PICTURE_BYTES;
    memory->data = mmap(NULL, PICTURE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    peer_require(memory->data != MAP_FAILED, "mmap");
}

static int quit(struct spa_loop *loop, bool async, uint32_t seq, const void *item, size_t size, void *data)
{
    (void)loop, (void)async, (void)seq, (void)item, (void)size;
    pw_main_loop_quit(((struct link *)data)->loop);
    return 0;
}

/* On the data thread. Of several pictures only the newest counts, as with any camera. */
static void on_consume(void *data)
{
    struct link *link = data;
    struct pw_buffer *buffer = NULL, *later;
    while ((later = pw_stream_dequeue_buffer(link->stream))) {
        if (buffer)
            pw_stream_queue_buffer(link->stream, buffer);
        buffer = later;
    }
    if (!buffer)
        return;
    const struct spa_data *memory = &buffer->buffer->datas[0];
    if (memory->chunk->size == PICTURE_BYTES && !link->over) {
        picture_arrived(memory->data);
        link->over = picture_done(picture_check(memory->data), 1);
        if (link->over)
            pw_loop_invoke(pw_main_loop_get_loop(link->loop), quit, 1, NULL, 0, false, link);
    }
    pw_stream_queue_buffer(link->stream, buffer);
}

static void on_consumed_state(void *data, enum pw_stream_state old, enum pw_stream_state state, const char *error)
{
    struct link *link = data;
    (void)old;
    link->streamed |= state == PW_STREAM_STATE_STREAMING;
    if (state == PW_STREAM_STATE_ERROR || (state == PW_STREAM_STATE_UNCONNECTED && link->streamed && !link->over)) {
        fprintf(stderr, "link: %s\n", error ? error : "the producer ended early");
        link->failed = 1;
        pw_main_loop_quit(link->loop);
    }
}

static const struct pw_stream_events producing = {
    PW_VERSION_STREAM_EVENTS, .state_changed = on_produced_state, .param_changed = on_produced_format, .add_buffer = on_add_buffer,
};

static const struct pw_stream_events consuming = {
    PW_VERSION_STREAM_EVENTS, .state_changed = on_consumed_state, .process = on_consume,
};

static void connect_producer(struct link *link, const struct spa_pod *format)
{
    const char *name = link->peer.address;
    struct pw_loop *loop = pw_main_loop_get_loop(link->loop);
    link->timer = pw_loop_add_timer(loop, on_timer, link);
    link->stream = pw_stream_new_simple(loop, name,
        pw_properties_new(PW_KEY_MEDIA_CLASS, "Video/Source", PW_KEY_MEDIA_ROLE, "Camera", PW_KEY_NODE_NAME, name, NULL), &producing, link);
    peer_require(pw_stream_connect(link->stream, PW_DIRECTION_OUTPUT, PW_ID_ANY, PW_STREAM_FLAG_DRIVER | PW_STREAM_FLAG_ALLOC_BUFFERS,
        &format, 1) == 0, "PipeWire");
}

static void connect_consumer(struct link *link, const struct spa_pod *format)
{
    link->stream = pw_stream_new_simple(pw_main_loop_get_loop(link->loop), "consumer",
        pw_properties_new(PW_KEY_MEDIA_TYPE, "Video", PW_KEY_MEDIA_CATEGORY, "Capture", PW_KEY_MEDIA_ROLE, "Camera",
            PW_KEY_TARGET_OBJECT, link->peer.address, PW_KEY_NODE_DONT_RECONNECT, "true", NULL), &consuming, link);
    peer_require(pw_stream_connect(link->stream, PW_DIRECTION_INPUT, PW_ID_ANY,
        PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS | PW_STREAM_FLAG_RT_PROCESS, &format, 1) == 0, "PipeWire");
}

int main(int argc, char **argv)
{
    struct link link = { .peer = peer_of(argc, argv) };
    uint8_t memory[512];
    struct spa_pod_builder b = SPA_POD_BUILDER_INIT(memory, sizeof memory);
    pw_init(NULL, NULL);
    link.loop = pw_main_loop_new(NULL);
    const struct spa_pod *format = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat,
        SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video), SPA_FORMAT_mediaSubtype, SPA_POD_Id(SPA_MEDIA_SUBTYPE_raw),
        SPA_FORMAT_VIDEO_format, SPA_POD_Id(SPA_VIDEO_FORMAT_I420),
        SPA_FORMAT_VIDEO_size, SPA_POD_Rectangle(&SPA_RECTANGLE(PICTURE_WIDTH, PICTURE_HEIGHT)),
        SPA_FORMAT_VIDEO_framerate, SPA_POD_Fraction(&SPA_FRACTION(link.peer.rate, 1)));
    (link.peer.produces ? connect_producer : connect_consumer)(&link, format);
    pw_main_loop_run(link.loop);
    pw_stream_destroy(link.stream);
    pw_main_loop_destroy(link.loop);
    pw_deinit();
    return link.failed;
}
