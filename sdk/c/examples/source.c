/* SPDX-License-Identifier: MIT
 * A camera's source: a bright square that wanders over a gradient.   cc -std=c11 -O2 -I.. source.c -o source && ./source hello
 * Then: camfx run --source queue:hello
 */
#include "camfx-queue.h"
#include <signal.h>

static volatile sig_atomic_t ended;

static void end(int signal)
{
    (void)signal;
    ended = 1;
}

/* Where a point is that goes to and fro between 0 and room, some pixels a frame. */
static uint32_t bounce(uint64_t frame, uint32_t step, uint32_t room)
{
    uint32_t at = (uint32_t)(frame * step % (2 * room));
    return at < room ? at : 2 * room - at;
}

static void draw(const struct camfx_picture *picture, uint64_t frame)
{
    const uint32_t width = picture->format.width, height = picture->format.height, side = height / 4;
    const uint32_t left = bounce(frame, 7, width - side), top = bounce(frame, 5, height - side);
    for (uint32_t y = 0; y < height; y++) {
        uint8_t *row = picture->plane[0] + (size_t)y * picture->stride[0];
        for (uint32_t x = 0; x < width; x++) row[x] = (uint8_t)(16 + 160 * y / height);
        if (y >= top && y < top + side) memset(row + left, 235, side);
    }
    for (unsigned plane = 1; plane < 3; plane++)
        for (uint32_t y = 0; y < (height + 1) / 2; y++)
            memset(picture->plane[plane] + (size_t)y * picture->stride[plane], (int)(96 + (frame + 64 * plane) % 64), (width + 1) / 2);
}

int main(int argc, char **argv)
{
    struct camfx_producer producer;
    struct camfx_producer_options options = { .width = 1280, .height = 720, .rate_numerator = 30, .rate_denominator = 1 };
    if (camfx_producer_open(&producer, argc > 1 ? argv[1] : "hello", &options) < 0) {
        fprintf(stderr, "source: %s\n", producer.error);
        return 1;
    }
    signal(SIGINT, end);
    signal(SIGTERM, end);
    int64_t next = camfx_now();
    for (uint64_t frame = 0; !ended; frame++) {
        struct camfx_picture picture;
        if (camfx_producer_begin(&producer, &picture) != 1) break;
        draw(&picture, frame);
        camfx_producer_publish(&producer, &picture);
        next += INT64_C(1000000000) / 30;
        camfx_producer_poll(&producer, next);
    }
    camfx_producer_close(&producer);
    return 0;
}
