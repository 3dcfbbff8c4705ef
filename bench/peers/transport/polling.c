/*
 * polling: a queue of three slots in named shared memory as OBS describes its own: the producer copies each picture in and moves an index, the
 * consumer looks at the index once a frame (or every POLL_US) and copies out what is new. Plain volatile words, no fence, no lock, nobody is woken.
 * ADDRESS is the file that both map.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"

enum { SLOTS = 3, ALIGNMENT = 32, GIVE_UP_AFTER = 10 };
enum { STARTING = 1, READY = 2, STOPPING = 3 };

struct header {
    volatile uint32_t write_index, read_index, state;
    uint32_t offset[SLOTS];
    uint32_t type, width, height;
    uint64_t interval;
    uint32_t reserved[8];
};

struct slot {
    uint64_t timestamp;
    uint8_t reserved[24];
    uint8_t pixels[PICTURE_BYTES];
};

static uint32_t slot_offset(uint32_t slot)
{
    const size_t first = (sizeof(struct header) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const size_t size = (sizeof(struct slot) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return (uint32_t)(first + slot * size);
}

static struct slot *slot_of(struct header *header, uint32_t index)
{
    return (struct slot *)((char *)header + header->offset[index % SLOTS]);
}

static int produce(const struct peer *peer)
{
    int fd = open(peer->address, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    uint64_t number;
    peer_require(fd >= 0 && ftruncate(fd, slot_offset(SLOTS)) == 0, peer->address);
    struct header *header = mmap(NULL, slot_offset(SLOTS), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    peer_require(header != MAP_FAILED, "mmap");
    header->state = STARTING;
    header->width = PICTURE_WIDTH;
    header->height = PICTURE_HEIGHT;
    header->interval = 1000000000 / peer->rate;
    for (uint32_t i = 0; i < SLOTS; i++)
        header->offset[i] = slot_offset(i);
    void *canvas = peer_canvas();
    peer_ready();
    while ((number = picture_pace())) {
        picture_draw(canvas, number);
        picture_stamp(canvas);
        uint32_t index = ++header->write_index;
        struct slot *slot = slot_of(header, index);
        slot->timestamp = (uint64_t)picture_now();
        memcpy(slot->pixels, canvas, PICTURE_BYTES);
        header->read_index = index;
        header->state = READY;
        picture_sent(number);
    }
    header->state = STOPPING;
    return 0;
}

static int consume(const struct peer *peer)
{
    int fd = open(peer->address, O_RDONLY | O_CLOEXEC);
    peer_require(fd >= 0, peer->address);
    struct header *header = mmap(NULL, slot_offset(SLOTS), PROT_READ, MAP_SHARED, fd, 0);
    peer_require(header != MAP_FAILED, "mmap");
    void *canvas = peer_canvas();
    const int64_t interval = peer->poll_ns ? peer->poll_ns : (int64_t)header->interval;
    int64_t next = picture_now(), fresh = next;
    uint32_t last = 0;
    while (header->state != STOPPING && picture_now() - fresh < GIVE_UP_AFTER * (int64_t)header->interval) {
        struct timespec due = { next / 1000000000, next % 1000000000 };
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
        next += interval;
        if (next < picture_now())
            next = picture_now();
        uint32_t index = header->read_index;
        if (header->state != READY || index == last)
            continue;
        last = index;
        picture_copy(canvas, slot_of(header, index)->pixels);
        picture_arrived(canvas);
        if (picture_done(picture_check(canvas), 1))
            return 0;
        fresh = picture_now();
    }
    fprintf(stderr, "polling: the producer ended early\n");
    return 1;
}

int main(int argc, char **argv)
{
    struct peer peer = peer_of(argc, argv);
    return peer.produces ? produce(&peer) : consume(&peer);
}
