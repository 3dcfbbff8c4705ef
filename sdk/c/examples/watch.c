/* SPDX-License-Identifier: MIT
 * Watches a camera and prints one line a second.   cc -std=c11 -O2 -I.. watch.c -o watch && ./watch camfx
 */
#include "camfx-queue.h"

int main(int argc, char **argv)
{
    struct camfx_queue queue;
    if (camfx_queue_connect(&queue, argc > 1 ? argv[1] : "camfx", 0, 1) < 0) {
        fprintf(stderr, "watch: %s\n", queue.error);
        return 1;
    }
    printf("%ux%u, generation %llu\n", queue.header.format.width, queue.header.format.height, (unsigned long long)queue.header.generation);
    int64_t next = camfx_now() + 1000000000;
    unsigned frames = 0, lost = 0;
    int waited;
    while ((waited = camfx_queue_wait(&queue, queue.last, 2000)) >= 0) {
        struct camfx_frame frame;
        if (waited == 0) puts("no frame for 2 s");
        if (camfx_queue_acquire(&queue, &frame) != 1) continue;
        unsigned long long sum = 0;
        for (uint32_t y = 0; y < frame.format.height; y += 16)
            for (uint32_t x = 0; x < frame.format.width; x += 16) sum += frame.plane[0][(size_t)y * frame.stride[0] + x];
        uint64_t sequence = frame.sequence;
        double age = (double)(camfx_now() - frame.capture_time) / 1e6;
        if (camfx_queue_release(&queue, &frame) == 1) frames++;
        else lost++;
        if (camfx_now() < next) continue;
        printf("frame %llu: %u frames, %u lost, age %.1f ms, sum %llu\n", (unsigned long long)sequence, frames, lost, age, sum);
        fflush(stdout);
        frames = 0;
        next += 1000000000;
    }
    fprintf(stderr, "watch: %s\n", queue.error);
    camfx_queue_close(&queue);
    return 1;
}
