/* Reads a queue whose frames carry a checksum in every word, and counts. Usage: queue-reader PATH lease|copy|slow|hold FRAMES */
#include "camfx-queue.h"

static int whole(const uint8_t *pixels, uint32_t size, uint64_t sequence)
{
    for (uint32_t i = 0; i < size / 8; i++) {
        uint64_t word;
        memcpy(&word, pixels + i * 8, sizeof word);
        if (word != sequence * UINT64_C(0x9e3779b97f4a7c15) + i) return 0;
    }
    return 1;
}

int main(int argc, char **argv)
{
    struct camfx_queue queue;
    if (argc != 4 || camfx_queue_connect(&queue, argv[1], 0, 2) < 0) {
        fprintf(stderr, "queue-reader: %s\n", argc == 4 ? queue.error : "usage");
        return 2;
    }
    const char *mode = argv[2];
    long wanted = atol(argv[3]), frames = 0, torn = 0, lost = 0;
    uint8_t *copy = malloc(queue.header.frame_size);
    printf("ready share %u\n", queue.share);
    fflush(stdout);
    while (frames + lost < wanted) {
        struct camfx_frame frame;
        int waited = camfx_queue_wait(&queue, queue.last, 20000), found;
        if (waited < 1) break;
        if (!strcmp(mode, "copy")) {
            if ((found = camfx_queue_copy(&queue, copy, queue.header.frame_size, &frame)) < 0) return 3;
            if (found == 0) continue;
            if (!whole(copy, queue.header.frame_size, frame.sequence)) torn++;
            frames++;
            continue;
        }
        if ((found = camfx_queue_acquire(&queue, &frame)) < 0) return 3;
        if (found == 0) continue;
        if (!strcmp(mode, "hold")) {
            puts("holding");
            fflush(stdout);
            pause();
        }
        if (!strcmp(mode, "slow")) usleep(5000);
        int seen = whole(frame.plane[0], queue.header.frame_size, frame.sequence);
        if (camfx_queue_release(&queue, &frame) == 1) {
            frames++;
            if (!seen) torn++;
        } else lost++;
    }
    printf("frames %ld torn %ld lost %ld\n", frames, torn, lost);
    camfx_queue_close(&queue);
    return torn != 0;
}
