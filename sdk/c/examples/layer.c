/* SPDX-License-Identifier: MIT
 * A layer: each frame of the queue at $CAMFX_IN, its brightness turned round, goes to the queue at $CAMFX_OUT with the times it came with.
 * cc -std=c11 -O2 -I.. layer.c -o layer      Then: CAMFX_IN=/path CAMFX_OUT=/path ./layer
 */
#include "camfx-queue.h"

static void invert(const struct camfx_frame *frame, const struct camfx_picture *picture)
{
    for (unsigned plane = 0; plane < frame->format.plane_count; plane++) {
        uint64_t rows, row = camfx_plane_shape(&frame->format, plane, &rows);
        for (uint64_t y = 0; y < rows; y++) {
            const uint8_t *from = frame->plane[plane] + y * frame->stride[plane];
            uint8_t *to = picture->plane[plane] + y * picture->stride[plane];
            if (plane > 0) memcpy(to, from, row);
            else for (uint64_t x = 0; x < row; x++) to[x] = (uint8_t)(251 - from[x]); /* limited range: 16 to 235 */
        }
    }
}

int main(void)
{
    struct camfx_queue in;
    struct camfx_producer out;
    const char *from = getenv("CAMFX_IN"), *to = getenv("CAMFX_OUT");
    if (!from || !to || camfx_queue_connect(&in, from, camfx_fourcc("YU12"), 1) < 0) {
        fprintf(stderr, "layer: %s\n", from && to ? in.error : "CAMFX_IN and CAMFX_OUT must name two sockets");
        return 1;
    }
    struct camfx_producer_options options = camfx_producer_like(&in);
    if (camfx_producer_open(&out, to, &options) < 0) {
        fprintf(stderr, "layer: %s\n", out.error);
        return 1;
    }
    /* It ends when the frames do. A tenth of a second without one is used to see who is at the door. */
    while (camfx_queue_wait(&in, in.last, 100) >= 0) {
        struct camfx_frame frame;
        struct camfx_picture picture;
        if (camfx_queue_acquire(&in, &frame) != 1) {
            camfx_producer_poll(&out, 0);
            continue;
        }
        if (camfx_producer_begin(&out, &picture) == 1) {
            invert(&frame, &picture);
            picture.capture_time = frame.capture_time;
            picture.presentation_time = frame.presentation_time;
            picture.flags = frame.flags;
            picture.format.matrix = frame.format.matrix;
            picture.format.range = frame.format.range;
            if (camfx_queue_release(&in, &frame) == 1) camfx_producer_publish(&out, &picture);
            else camfx_producer_abandon(&out);
        } else camfx_queue_release(&in, &frame);
    }
    camfx_producer_close(&out);
    camfx_queue_close(&in);
    return 0;
}
