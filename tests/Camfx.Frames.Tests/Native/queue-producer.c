/*
 * Produces a queue whose frames carry a checksum in every word. Usage: queue-producer PATH WIDTH HEIGHT LEASES
 * Lines on stdin steer it, each answered by one line: "publish N", "begin" (and draw), "abandon", "change WIDTH HEIGHT", "stats",
 * "close"; "run" publishes without end.
 */
#include "camfx-queue.h"

static void draw(struct camfx_producer *producer, const struct camfx_picture *picture)
{
    const uint64_t first = (producer->sequence + 1) * UINT64_C(0x9e3779b97f4a7c15);
    for (uint64_t i = 0; i < producer->frame_size / 8; i++) {
        uint64_t word = first + i;
        memcpy(picture->plane[0] + i * 8, &word, sizeof word);
    }
}

static int publish(struct camfx_producer *producer)
{
    struct camfx_picture picture;
    if (camfx_producer_begin(producer, &picture) != 1) return -1;
    draw(producer, &picture);
    picture.capture_time = (int64_t)producer->sequence + 1;
    picture.presentation_time = (int64_t)producer->sequence + 2;
    return camfx_producer_publish(producer, &picture);
}

int main(int argc, char **argv)
{
    static struct camfx_producer producer;
    if (argc != 5) return 2;
    struct camfx_producer_options options = { .width = (uint32_t)atoi(argv[2]), .height = (uint32_t)atoi(argv[3]), .leases = (uint32_t)atoi(argv[4]) };
    if (camfx_producer_open(&producer, argv[1], &options) < 0) {
        fprintf(stderr, "%s\n", producer.error);
        return 1;
    }
    puts("ready");
    fflush(stdout);
    char line[100], word[20];
    int done = 0;
    while (!done) {
        struct pollfd input = { 0, POLLIN, 0 };
        camfx_producer_poll(&producer, camfx_now() + 1000000);
        if (poll(&input, 1, 0) <= 0) continue;
        ssize_t length = read(0, line, sizeof line - 1);
        unsigned a = 0, b = 0;
        if (length <= 0) break;
        line[length] = 0;
        if (sscanf(line, "%19s %u %u", word, &a, &b) < 1) return 2;
        if (!strcmp(word, "publish")) while (a-- > 0) if (publish(&producer) < 0) return 3;
        if (!strcmp(word, "begin")) {
            struct camfx_picture picture;
            if (camfx_producer_begin(&producer, &picture) != 1) return 5;
            draw(&producer, &picture);
        }
        if (!strcmp(word, "abandon")) camfx_producer_abandon(&producer);
        if (!strcmp(word, "run")) for (;;) if (publish(&producer) < 0) return 3;
        if (!strcmp(word, "change")) {
            options.width = a;
            options.height = b;
            if (camfx_producer_change(&producer, &options) < 0) return 4;
        }
        if (!strcmp(word, "close")) {
            camfx_producer_close(&producer);
            done = 1;
        }
        printf("sequence %llu revoked %llu consumers %d free %u\n", (unsigned long long)producer.sequence, (unsigned long long)producer.revoked,
            done ? 0 : camfx_producer_poll(&producer, 0), producer.options.leases - producer.granted);
        fflush(stdout);
    }
    camfx_producer_close(&producer);
    return 0;
}
