/* A queue in the hands of a hostile producer, for camfx-fuzz.c: an honest one made from docs/frame-queue.md, and ways to spoil it. */
#ifndef FORGE_H
#define FORGE_H

#include "camfx-queue.h"

enum { PAGE = 4096, SLOTS = 6, SLOT_SIZE = 8192, FRAME_SIZE = 64 * 48 * 3 / 2, TOTAL = PAGE + SLOTS * SLOT_SIZE, ALL_SEALS = 1 | 2 | 4 | 16, CONTROL_SEALS = 1 | 2 | 4 };

struct forgery {
    int memory, control;
    int64_t size;
    int seals;
    struct camfx_queue_header *header;
    struct camfx_slot *slots;
    struct camfx_control *page;
};

static uint64_t random_state;
static long mutations;

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t dice(void) { return mix(random_state += UINT64_C(0x9e3779b97f4a7c15)); }
static unsigned below(unsigned limit) { return (unsigned)(dice() % limit); }

static uint32_t code(const char *name) { return (uint32_t)name[0] | (uint32_t)name[1] << 8 | (uint32_t)name[2] << 16 | (uint32_t)name[3] << 24; }

/* Everything as an honest producer would leave it. */
static void restore(const struct forgery *queue)
{
    const struct camfx_format format = { .fourcc = code("YU12"), .width = 64, .height = 48, .plane_count = 3,
        .offset = { 0, 64 * 48, 64 * 48 + 32 * 24 }, .stride = { 64, 32, 32 }, .matrix = 2, .range = 1 };
    memset(queue->header, 0, PAGE);
    *queue->header = (struct camfx_queue_header){ .magic = CAMFX_QUEUE_MAGIC, .version = 1, .header_size = 256, .total_size = TOTAL, .slot_size = SLOT_SIZE,
        .first_slot_offset = PAGE, .slot_count = SLOTS, .descriptor_size = 128, .generation = 7, .frame_size = FRAME_SIZE, .format = format,
        .frame_rate_numerator = 30, .frame_rate_denominator = 1, .newest = 4 << 8 | 3, .state = CAMFX_QUEUE_LIVE };
    for (unsigned slot = 0; slot < SLOTS; slot++)
        queue->slots[slot] = (struct camfx_slot){ .sequence = slot < 4 ? slot + 1 : 0, .bytes_used = FRAME_SIZE, .format = format };
    memset(queue->page, 0, sizeof *queue->page);
    queue->page->magic = CAMFX_CONTROL_MAGIC;
    queue->page->version = 1;
    queue->page->share = 2;
    queue->page->generation = 7;
}

static struct forgery forge(int64_t size, int seals)
{
    struct forgery queue = { .size = size, .seals = seals };
    queue.memory = memfd_create("camfx-forged", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    queue.control = memfd_create("camfx-forged-control", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (ftruncate(queue.memory, size) < 0 || ftruncate(queue.control, PAGE) < 0) abort();
    queue.header = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, queue.memory, 0);
    queue.slots = (struct camfx_slot *)(queue.header + 1);
    queue.page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, queue.control, 0);
    if (size > 0) restore(&queue);
    fcntl(queue.memory, F_ADD_SEALS, seals);
    fcntl(queue.control, F_ADD_SEALS, CONTROL_SEALS);
    return queue;
}

static uint64_t changed(uint64_t old, unsigned bits)
{
    static const uint64_t edges[] = { 0, 1, 2, 3, 62, 63, 64, 65, 127, 128, 255, 256, 4095, 4096, 4097, 16384, 16385, 65536, 65537, INT32_MAX, UINT64_C(1) << 31,
        UINT32_MAX, UINT64_C(1) << 32, UINT64_C(1) << 61, INT64_MAX, UINT64_C(1) << 63, UINT64_MAX };
    switch (below(6)) {
    case 0: return old ^ UINT64_C(1) << below(bits);
    case 1: return edges[below(sizeof edges / sizeof *edges)];
    case 2: return old + below(9) - 4;
    case 3: return below(2) ? old + PAGE : old - PAGE;
    case 4: return below(2) ? old * 2 : old / 2;
    default: return dice();
    }
}

/* Changes one of the words of 4 or 8 bytes from `start` to `end`. */
static void change(void *memory, unsigned start, unsigned end)
{
    const unsigned size = below(2) ? 8 : 4, at = start + below((end - start) / size) * size;
    uint64_t value = 0;
    memcpy(&value, (uint8_t *)memory + at, size);
    value = changed(value, size * 8);
    memcpy((uint8_t *)memory + at, &value, size);
}

/* Moves planes so that the last byte is the last one allowed, or the first beyond. */
static void relayout(struct camfx_format *format, uint32_t frame_size)
{
    const unsigned plane = below(3);
    uint64_t rows, row = camfx_plane_shape(format, plane, &rows);
    if (row == 0 || rows > 16384) return;
    format->stride[plane] = (uint32_t)row + below(3) * below(32);
    format->offset[plane] = frame_size - (uint32_t)(format->stride[plane] * (rows - 1) + row) + below(2);
}

/* Divides the memory into another number of slots: about the most there may be, and the most whose descriptors fit one page. */
static void reshape(const struct forgery *queue)
{
    static const uint32_t many[] = { 2, 3, 4, 12, 29, 30, 31, 62, 63, 64, 65, 66 };
    struct camfx_queue_header *header = queue->header;
    const uint64_t all = (uint64_t)queue->size / PAGE;
    header->slot_count = many[below(sizeof many / sizeof *many)];
    header->slot_size = (all - 1) / header->slot_count * PAGE;
    header->first_slot_offset = all * PAGE - header->slot_count * header->slot_size + (below(8) ? 0 : PAGE);
    header->total_size = header->first_slot_offset + header->slot_count * header->slot_size;
}

static void forge_header(const struct forgery *queue)
{
    mutations++;
    switch (below(9)) {
    case 0: relayout(&queue->header->format, queue->header->frame_size); break;
    case 3: reshape(queue); break;
    case 1: queue->header->frame_size += below(9) - 4; break;
    case 2: change(queue->page, 0, 0x20); break;
    default: change(queue->header, 0, 0x80); break;
    }
}

static void forge_frame(const struct forgery *queue)
{
    const unsigned slot = below(8);
    const uint64_t sequence = (queue->header->newest >> 8) + below(3);
    mutations++;
    switch (below(8)) {
    case 0: change(queue->header, 0, 0x90); break;
    case 1: change(queue->slots + slot, 0, 0x50); break;
    case 2: relayout(&queue->slots[slot].format, queue->header->frame_size); break;
    case 3: queue->header->newest = sequence << 8 | below(256); break;
    case 4: change(queue->page, 0, sizeof *queue->page); break;
    default:
        queue->slots[slot].sequence = sequence;
        queue->header->newest = sequence << 8 | slot;
        break;
    }
}

#endif
