/*
 * A reader of the torture test in C, with sdk/c/camfx-queue.h. Usage: torture-reader SOCKET BOARD PLACE lease|copy [credulous]
 *
 * Picture and board are those of Picture.cs and Board/. A credulous reader copies without looking at the sequence again, slowly: it must see torn frames.
 */
#include "camfx-queue.h"
#include <sched.h>

enum { LINE = 512, PLACES = 512, PLACE = 128 };

struct score {
    int64_t process;
    uint64_t generation, sequence;
    int64_t accepted, torn, rejected_whole, rejected_torn, connections, progress, breaches, misses;
};

static volatile int64_t *board;
static volatile struct score *score;

static int restless(void) { return board[3] != 0; }

static int stopping(void) { return board[1] != 0 || camfx_now() - board[0] > INT64_C(30000000000); }

static void breach(const char *what)
{
    score->breaches++;
    fprintf(stderr, "reader in C: %s\n", what);
}

static int whole(const uint8_t *pixels, uint32_t size, uint64_t generation, uint64_t sequence)
{
    uint64_t a[4] = { 0 }, b[4] = { 0 }, sum = 0, first[LINE / 8];
    for (uint32_t at = LINE; at < size / LINE * LINE; at += 32) {
        uint64_t words[4];
        memcpy(words, pixels + at, sizeof words);
        for (int lane = 0; lane < 4; lane++) {
            a[lane] += words[lane];
            b[lane] += a[lane];
        }
    }
    for (int lane = 0; lane < 4; lane++) sum = (sum * 31 + a[lane]) * 31 + b[lane];
    memcpy(first, pixels, sizeof first);
    int right = first[0] == sequence && first[1] == generation && first[2] == sum;
    const uint64_t seed = (generation << 40 ^ sequence) * UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 3; i < LINE / 8; i++) right &= first[i] == seed;
    return right;
}

/* Copies without the protocol's last look, with a pause in the middle in which the producer goes on. */
static int copy_credulously(struct camfx_queue *queue, uint8_t *copy, struct camfx_frame *frame)
{
    uint64_t word;
    if (camfx_find_newest(queue, &word) != 1 || camfx_read_slot(queue, word, frame) != 1) return 0;
    const uint32_t half = queue->header.frame_size / 2;
    memcpy(copy, frame->plane[0], half);
    usleep(2000);
    memcpy(copy + half, frame->plane[0] + half, queue->header.frame_size - half);
    queue->last = word >> 8;
    return 1;
}

static void follow(struct camfx_queue *queue, int copying, int credulous)
{
    uint8_t *copy = malloc(queue->header.frame_size);
    const uint64_t generation = queue->header.generation;
    const uint32_t size = queue->header.frame_size;
    while (copy && !stopping()) {
        struct camfx_frame frame;
        int waited = 1, found, right, kept = 1;
        if (!restless()) waited = camfx_queue_wait(queue, queue->last, 3600000); /* whom nobody wakes is stuck, and found out */
        else if (camfx_queue_newest(queue) <= queue->last) sched_yield();
        if (waited < 0) break;
        if (waited == 0) continue;
        if (credulous) found = copy_credulously(queue, copy, &frame);
        else found = copying || queue->share == 0 ? camfx_queue_copy(queue, copy, size, &frame) : camfx_queue_acquire(queue, &frame);
        if (found < 0) breach(queue->error);
        if (found != 1) {
            score->misses += !restless();
            continue;
        }
        score->sequence = frame.sequence;
        score->progress = camfx_now();
        if (credulous) right = whole(copy, size, generation, frame.sequence);
        else {
            right = whole(frame.plane[0], size, generation, frame.sequence);
            if (!copying && queue->share > 0) kept = camfx_queue_release(queue, &frame);
        }
        if (kept < 0) breach(queue->error);
        if (kept == 1) {
            score->accepted++;
            if (!right) score->torn++;
        } else if (right) score->rejected_whole++;
        else score->rejected_torn++;
    }
    free(copy);
}

int main(int argc, char **argv)
{
    if (argc < 5) return fprintf(stderr, "torture-reader SOCKET BOARD PLACE lease|copy [credulous]\n"), 2;
    int file = open(argv[2], O_RDWR | O_CLOEXEC);
    void *map = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file < 0 || map == MAP_FAILED) return perror(argv[2]), 2;
    close(file);
    board = map;
    score = (volatile struct score *)((uint8_t *)map + PLACES + atoi(argv[3]) * PLACE);
    score->process = getpid();
    uint64_t ended = 0;
    while (!stopping()) {
        struct camfx_queue queue;
        const int copying = !strcmp(argv[4], "copy");
        if (camfx_queue_connect(&queue, argv[1], 0, copying ? 0 : 1) < 0) {
            if (strcmp(queue.error, "no camera of this name is there") && strcmp(queue.error, "the producer hung up")) breach(queue.error);
            usleep(2000);
            continue;
        }
        if (queue.header.generation <= ended) breach("a generation came that is not later than the one that ended");
        score->generation = ended = queue.header.generation;
        score->connections++;
        follow(&queue, copying, argc > 5);
        if (!stopping() && strcmp(queue.error, "the producer hung up")) breach(queue.error);
        camfx_queue_close(&queue);
    }
    return 0;
}
