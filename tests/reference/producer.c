/*
 * producer: the smallest honest PipeWire camera in C, for comparison. Draws test:counter (docs/test-patterns.md) as I420 straight
 * into sealed memfd buffers of its own, paced by the loop's timer. What a browser loses with it, it loses with any camera.
 *
 *     producer [-s WIDTHxHEIGHT] [-r FPS] [-n NAME]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <pipewire/pipewire.h>
#include <spa/param/video/format-utils.h>

enum { CODE_ROWS = 32, CODES = 4, PHASE_FRAMES = 30 };

struct camera {
    struct pw_main_loop *loop;
    struct pw_stream *stream;
    struct spa_source *timer;
    int width, height, rate;
    uint32_t frame;
};

static uint64_t now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return SPA_TIMESPEC_TO_NSEC(&t);
}

static size_t frame_size(const struct camera *c) { return (size_t)c->width * c->height * 3 / 2; }

static void draw(const struct camera *c, uint8_t *luma)
{
    static const uint8_t colours[3][3] = { { 82, 90, 240 }, { 145, 54, 34 }, { 41, 240, 110 } };   /* red, green, blue */
    const uint8_t *colour = colours[c->frame / PHASE_FRAMES % 3];
    uint32_t time = (uint32_t)(now(CLOCK_REALTIME) / 1000000);
    const uint16_t codes[CODES] = { time >> 16, time, c->frame, ~c->frame };
    int w = c->width, h = c->height, coded = CODE_ROWS * CODES;
    size_t chroma = (size_t)(w / 2) * (h / 2), coded_chroma = (size_t)(w / 2) * (coded / 2);
    uint8_t *u = luma + (size_t)w * h, *v = u + chroma;

    for (int y = 0; y < coded; y++)
        for (int bit = 0; bit < 16; bit++)
            memset(luma + (size_t)y * w + bit * (w / 16), codes[y / CODE_ROWS] >> (15 - bit) & 1 ? 235 : 16, w / 16);
    memset(luma + (size_t)coded * w, colour[0], (size_t)(h - coded) * w);
    memset(u, 128, coded_chroma);
    memset(v, 128, coded_chroma);
    memset(u + coded_chroma, colour[1], chroma - coded_chroma);
    memset(v + coded_chroma, colour[2], chroma - coded_chroma);
}

static void on_timer(void *data, uint64_t expirations)
{
    struct camera *c = data;
    struct pw_buffer *b = pw_stream_dequeue_buffer(c->stream);
    (void)expirations;
    if (b) {
        struct spa_data *d = &b->buffer->datas[0];
        struct spa_meta_header *header = spa_buffer_find_meta_data(b->buffer, SPA_META_Header, sizeof *header);
        draw(c, d->data);
        d->chunk->offset = 0;
        d->chunk->size = frame_size(c);
        d->chunk->stride = c->width;
        d->chunk->flags = 0;
        if (header)
            *header = (struct spa_meta_header){ .pts = now(CLOCK_MONOTONIC), .seq = c->frame };
        c->frame++;
        pw_stream_queue_buffer(c->stream, b);
    }
    pw_stream_trigger_process(c->stream);
}

static void on_state(void *data, enum pw_stream_state old, enum pw_stream_state state, const char *error)
{
    struct camera *c = data;
    struct timespec off = { 0, 0 }, first = { 0, 1 }, period = { c->rate == 1, c->rate == 1 ? 0 : 1000000000L / c->rate };
    int on = state == PW_STREAM_STATE_STREAMING;
    (void)old;
    pw_loop_update_timer(pw_main_loop_get_loop(c->loop), c->timer, on ? &first : &off, on ? &period : &off, false);
    if (state == PW_STREAM_STATE_ERROR) {
        fprintf(stderr, "producer: %s\n", error);
        pw_main_loop_quit(c->loop);
    }
}

static void on_param(void *data, uint32_t id, const struct spa_pod *param)
{
    struct camera *c = data;
    uint8_t memory[1024];
    struct spa_pod_builder b = SPA_POD_BUILDER_INIT(memory, sizeof memory);
    const struct spa_pod *params[2];
    if (id != SPA_PARAM_Format || !param)
        return;
    params[0] = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers,
        SPA_PARAM_BUFFERS_buffers, SPA_POD_CHOICE_RANGE_Int(4, 2, 8), SPA_PARAM_BUFFERS_blocks, SPA_POD_Int(1),
        SPA_PARAM_BUFFERS_size, SPA_POD_Int((int)frame_size(c)), SPA_PARAM_BUFFERS_stride, SPA_POD_Int(c->width),
        SPA_PARAM_BUFFERS_dataType, SPA_POD_CHOICE_FLAGS_Int(1 << SPA_DATA_MemFd));
    params[1] = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_ParamMeta, SPA_PARAM_Meta,
        SPA_PARAM_META_type, SPA_POD_Id(SPA_META_Header), SPA_PARAM_META_size, SPA_POD_Int(sizeof(struct spa_meta_header)));
    pw_stream_update_params(c->stream, params, 2);
}

static void on_add_buffer(void *data, struct pw_buffer *b)
{
    struct camera *c = data;
    struct spa_data *d = &b->buffer->datas[0];
    int fd = memfd_create("producer", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0 || ftruncate(fd, (off_t)frame_size(c)) < 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0) {
        perror("producer: memfd");
        exit(1);
    }
    d->type = SPA_DATA_MemFd;
    d->flags = SPA_DATA_FLAG_READWRITE;
    d->fd = fd;
    d->mapoffset = 0;
    d->maxsize = (uint32_t)frame_size(c);
    d->data = mmap(NULL, d->maxsize, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (d->data == MAP_FAILED) {
        perror("producer: mmap");
        exit(1);
    }
}

static void on_remove_buffer(void *data, struct pw_buffer *b)
{
    struct spa_data *d = &b->buffer->datas[0];
    (void)data;
    munmap(d->data, d->maxsize);
    close((int)d->fd);
}

static void on_signal(void *data, int number)
{
    (void)number;
    pw_main_loop_quit(((struct camera *)data)->loop);
}

static const struct pw_stream_events events = {
    PW_VERSION_STREAM_EVENTS, .state_changed = on_state, .param_changed = on_param,
    .add_buffer = on_add_buffer, .remove_buffer = on_remove_buffer,
};

int main(int argc, char **argv)
{
    struct camera c = { .width = 1280, .height = 720, .rate = 30 };
    const char *name = "reference";
    uint8_t memory[1024];
    struct spa_pod_builder b = SPA_POD_BUILDER_INIT(memory, sizeof memory);
    const struct spa_pod *format;
    int option;

    while ((option = getopt(argc, argv, "s:r:n:")) != -1)
        switch (option) {
        case 's': if (sscanf(optarg, "%dx%d", &c.width, &c.height) == 2 && c.width % 16 == 0 && c.height % 2 == 0 && c.height >= 192) break; return 2;
        case 'r': if ((c.rate = atoi(optarg)) > 0) break; return 2;
        case 'n': name = optarg; break;
        default: return 2;
        }

    pw_init(&argc, &argv);
    c.loop = pw_main_loop_new(NULL);
    pw_loop_add_signal(pw_main_loop_get_loop(c.loop), SIGINT, on_signal, &c);
    pw_loop_add_signal(pw_main_loop_get_loop(c.loop), SIGTERM, on_signal, &c);
    c.timer = pw_loop_add_timer(pw_main_loop_get_loop(c.loop), on_timer, &c);
    c.stream = pw_stream_new_simple(pw_main_loop_get_loop(c.loop), name,
        pw_properties_new(PW_KEY_MEDIA_CLASS, "Video/Source", PW_KEY_MEDIA_ROLE, "Camera",
            PW_KEY_NODE_NAME, name, PW_KEY_NODE_DESCRIPTION, name, NULL),
        &events, &c);
    format = spa_pod_builder_add_object(&b, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat,
        SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video), SPA_FORMAT_mediaSubtype, SPA_POD_Id(SPA_MEDIA_SUBTYPE_raw),
        SPA_FORMAT_VIDEO_format, SPA_POD_Id(SPA_VIDEO_FORMAT_I420),
        SPA_FORMAT_VIDEO_size, SPA_POD_Rectangle(&SPA_RECTANGLE((uint32_t)c.width, (uint32_t)c.height)),
        SPA_FORMAT_VIDEO_framerate, SPA_POD_Fraction(&SPA_FRACTION((uint32_t)c.rate, 1)));
    if (pw_stream_connect(c.stream, PW_DIRECTION_OUTPUT, PW_ID_ANY, PW_STREAM_FLAG_DRIVER | PW_STREAM_FLAG_ALLOC_BUFFERS, &format, 1) < 0) {
        fprintf(stderr, "producer: no PipeWire session answers\n");
        return 1;
    }
    pw_main_loop_run(c.loop);
    pw_stream_destroy(c.stream);
    pw_main_loop_destroy(c.loop);
    pw_deinit();
    return 0;
}
