/* SPDX-License-Identifier: MIT
 *
 * camfx-queue.h: read a camfx camera's frames from any C11 program, without a copy.
 *
 * One header, no library. Protocol version 1, specified in docs/frame-queue.md; the names of steps and fences are the same there.
 * Include it before any system header, or define _GNU_SOURCE yourself. Everything is thread-bound: one connection, one thread.
 *
 *     struct camfx_queue queue;
 *     if (camfx_queue_connect(&queue, "camfx", 0, 2) < 0) { puts(queue.error); return 1; }
 *     while (camfx_queue_wait(&queue, queue.last, 1000) >= 0) {
 *         struct camfx_frame frame;
 *         if (camfx_queue_acquire(&queue, &frame) != 1) continue;
 *         ... frame.plane[0], frame.stride[0] ...
 *         if (camfx_queue_release(&queue, &frame) != 1) puts("held too long: the picture may be torn, throw it away");
 *     }
 *     camfx_queue_close(&queue);
 *
 * Functions return a negative value on failure and leave a sentence in queue.error.
 */
#ifndef CAMFX_QUEUE_H
#define CAMFX_QUEUE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define CAMFX_QUEUE_MAGIC UINT64_C(0x45555158464d4143)   /* "CAMFXQUE" */
#define CAMFX_CONTROL_MAGIC UINT64_C(0x4c544358464d4143) /* "CAMFXCTL" */
#define CAMFX_QUEUE_VERSION 1u
#define CAMFX_QUEUE_MAX_SLOTS 64u
#define CAMFX_QUEUE_MAX_SHARE 62u
#define CAMFX_QUEUE_MAX_SLOT_SIZE (UINT64_C(7680) * 4320 * 4)
#define CAMFX_QUEUE_ATTEMPTS 8

enum camfx_queue_state { CAMFX_QUEUE_LIVE = 1, CAMFX_QUEUE_ENDED = 2, CAMFX_QUEUE_SUPERSEDED = 3 };
enum camfx_queue_waiting { CAMFX_WAIT_NONE = 0, CAMFX_WAIT_FUTEX = 1, CAMFX_WAIT_MESSAGE = 2 };
enum camfx_frame_flags { CAMFX_FRAME_DISCONTINUITY = 1, CAMFX_FRAME_PLACEHOLDER = 2, CAMFX_FRAME_CORRUPTED = 4 };
enum camfx_message { CAMFX_HELLO = 1, CAMFX_WELCOME = 2, CAMFX_REFUSED = 3, CAMFX_FRAME = 4 };

/* What lies in shared memory. Numbers are in the machine's own byte order: the protocol does not leave the machine. */

struct camfx_format {
    uint32_t fourcc, width, height, plane_count;
    uint32_t offset[3], stride[3];
    uint32_t matrix; /* 1 BT.601, 2 BT.709 */
    uint32_t range;  /* 1 limited, 2 full */
};

struct camfx_queue_header {
    uint64_t magic;
    uint32_t version, header_size;
    uint64_t total_size, slot_size, first_slot_offset;
    uint32_t slot_count, descriptor_size;
    uint64_t generation;
    uint32_t producer_pid, frame_size;
    struct camfx_format format;
    uint32_t frame_rate_numerator, frame_rate_denominator;
    uint64_t reserved0;
    uint64_t newest; /* sequence << 8 | slot */
    uint32_t wake;
    uint32_t state;
    uint8_t reserved1[112];
};

struct camfx_slot {
    uint64_t sequence; /* 0: no frame to read here */
    int64_t capture_time, presentation_time;
    uint32_t flags, bytes_used;
    struct camfx_format format;
    uint8_t reserved[48];
};

struct camfx_control {
    uint64_t magic;
    uint32_t version, share;
    uint64_t generation;
    uint8_t reserved0[40];
    uint32_t waiting;
    uint8_t reserved1[60];
    uint64_t lease[CAMFX_QUEUE_MAX_SHARE];
};

struct camfx_hello {
    uint32_t kind, version;
    uint64_t magic;
    uint32_t fourcc, leases;
    uint64_t reserved;
};

struct camfx_welcome {
    uint32_t kind, version;
    uint64_t generation;
    uint32_t share, reserved0;
    uint64_t reserved1;
};

struct camfx_refused {
    uint32_t kind, version, reserved, length;
    char text[240];
};

struct camfx_frame_message {
    uint32_t kind, reserved;
    uint64_t sequence;
};

_Static_assert(sizeof(struct camfx_format) == 48, "format");
_Static_assert(offsetof(struct camfx_queue_header, format) == 0x40, "header");
_Static_assert(offsetof(struct camfx_queue_header, newest) == 0x80, "header");
_Static_assert(sizeof(struct camfx_queue_header) == 256, "header");
_Static_assert(sizeof(struct camfx_slot) == 128, "slot");
_Static_assert(offsetof(struct camfx_control, waiting) == 0x40, "control");
_Static_assert(offsetof(struct camfx_control, lease) == 0x80, "control");

/* A frame that was acquired or copied. The planes of an acquired one are valid until it is released. */
struct camfx_frame {
    uint64_t sequence;
    uint32_t slot;
    int64_t capture_time, presentation_time; /* CLOCK_MONOTONIC, ns */
    uint32_t flags;
    struct camfx_format format;
    const uint8_t *plane[3];
    uint32_t stride[3];
};

struct camfx_queue {
    struct camfx_queue_header header; /* checked copy: what never changes */
    uint64_t last;                    /* sequence acquired or copied last */
    uint32_t share;                   /* frames that may be held at once; 0: copy */
    char error[256];
    /* private */
    int socket;
    uint8_t *memory;
    struct camfx_control *control;
    uint64_t held[CAMFX_QUEUE_MAX_SHARE];
    uint64_t populated;
};

static inline int camfx_queue_fail(struct camfx_queue *queue, const char *sentence)
{
    snprintf(queue->error, sizeof queue->error, "%s", sentence);
    return -1;
}

static inline uint64_t camfx_load64(const uint64_t *word) { return atomic_load_explicit((const _Atomic uint64_t *)word, memory_order_acquire); }
static inline uint32_t camfx_load32(const uint32_t *word) { return atomic_load_explicit((const _Atomic uint32_t *)word, memory_order_acquire); }
static inline void camfx_store64(uint64_t *word, uint64_t value) { atomic_store_explicit((_Atomic uint64_t *)word, value, memory_order_release); }
static inline void camfx_store32(uint32_t *word, uint32_t value) { atomic_store_explicit((_Atomic uint32_t *)word, value, memory_order_release); }

static inline const struct camfx_queue_header *camfx_live_header(const struct camfx_queue *queue)
{
    return (const struct camfx_queue_header *)queue->memory;
}

static inline const struct camfx_slot *camfx_live_slot(const struct camfx_queue *queue, uint32_t slot)
{
    return (const struct camfx_slot *)(queue->memory + sizeof(struct camfx_queue_header)) + slot;
}

static inline int64_t camfx_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Bytes of one row, and rows, of a plane of a known raw format; 0 when the format is unknown or has no such plane. */
static inline uint64_t camfx_plane_shape(const struct camfx_format *format, unsigned plane, uint64_t *rows)
{
    const uint64_t width = format->width, height = format->height, half = (width + 1) / 2;
    char code[5] = { (char)format->fourcc, (char)(format->fourcc >> 8), (char)(format->fourcc >> 16), (char)(format->fourcc >> 24), 0 };
    *rows = height;
    if (!strcmp(code, "YU12") && plane < 3) { *rows = plane ? (height + 1) / 2 : height; return plane ? half : width; }
    if (!strcmp(code, "422P") && plane < 3) return plane ? half : width;
    if (!strcmp(code, "NV12") && plane < 2) { *rows = plane ? (height + 1) / 2 : height; return plane ? half * 2 : width; }
    if (plane > 0) return 0;
    if (!strcmp(code, "YUYV") || !strcmp(code, "UYVY")) return half * 4;
    if (!strcmp(code, "AR24") || !strcmp(code, "AB24")) return width * 4;
    if (!strcmp(code, "RGB3") || !strcmp(code, "BGR3")) return width * 3;
    return !strcmp(code, "GREY") ? width : 0;
}

/* Whether every row of every plane lies in the frame's bytes. The argument is a private copy. */
static inline int camfx_format_valid(const struct camfx_format *format, uint64_t frame_size)
{
    unsigned planes = 0;
    if (format->width < 1 || format->width > 16384 || format->height < 1 || format->height > 16384) return 0;
    if (format->matrix < 1 || format->matrix > 2 || format->range < 1 || format->range > 2) return 0;
    for (unsigned plane = 0; plane < 3; plane++) {
        uint64_t rows, row = camfx_plane_shape(format, plane, &rows);
        if (row == 0) {
            if (format->offset[plane] || format->stride[plane]) return 0;
            continue;
        }
        planes++;
        if (format->stride[plane] < row || format->stride[plane] > frame_size) return 0;
        if (format->offset[plane] + format->stride[plane] * (rows - 1) + row > frame_size) return 0;
    }
    return planes > 0 && planes == format->plane_count;
}

static inline const char *camfx_check_file(int fd, int seals, struct stat *status)
{
    struct statfs system;
    if (fstat(fd, status) < 0 || !S_ISREG(status->st_mode)) return "the descriptor is no memfd";
    if (fstatfs(fd, &system) < 0 || system.f_type != 0x01021994) return "the memory is not on tmpfs";
    int found = fcntl(fd, F_GET_SEALS);
    return found < 0 || (found & seals) != seals ? "the memory is not sealed" : NULL;
}

static inline const char *camfx_check_header(const struct camfx_queue_header *header, uint64_t size)
{
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    if (header->magic != CAMFX_QUEUE_MAGIC) return "the memory is no camfx queue";
    if (header->version != CAMFX_QUEUE_VERSION) return "the queue has another version";
    if (header->header_size != sizeof *header || header->descriptor_size != sizeof(struct camfx_slot)) return "the header has impossible sizes";
    if (header->slot_count < 3 || header->slot_count > CAMFX_QUEUE_MAX_SLOTS) return "the queue has an impossible number of slots";
    if (header->slot_size == 0 || header->slot_size % page || header->slot_size > CAMFX_QUEUE_MAX_SLOT_SIZE + page) return "the slot size is impossible";
    if (header->first_slot_offset < sizeof *header + header->slot_count * sizeof(struct camfx_slot) || header->first_slot_offset % page
        || header->first_slot_offset > 65536) return "the first slot's place is impossible";
    if (header->total_size != header->first_slot_offset + header->slot_count * header->slot_size || header->total_size != size)
        return "the memory has another size than its header says";
    if (header->frame_size == 0 || header->frame_size > header->slot_size) return "the frame size is impossible";
    if (header->frame_rate_numerator == 0 || header->frame_rate_numerator > INT32_MAX || header->frame_rate_denominator == 0
        || header->frame_rate_denominator > INT32_MAX) return "the frame rate is impossible";
    return camfx_format_valid(&header->format, header->frame_size) ? NULL : "the format is impossible";
}

static inline void camfx_queue_detach(struct camfx_queue *queue)
{
    if (queue->memory) munmap(queue->memory, queue->header.total_size);
    if (queue->control) munmap(queue->control, (size_t)sysconf(_SC_PAGESIZE));
    queue->memory = NULL;
    queue->control = NULL;
}

/* Checks a queue's memory and this consumer's control page and maps them. Both descriptors are borrowed. */
static inline int camfx_queue_attach(struct camfx_queue *queue, int memory, int control)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const int sized = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    struct stat status, control_status;
    const char *fault = camfx_check_file(memory, sized | 0x0010 /* F_SEAL_FUTURE_WRITE */, &status);
    if (!fault) fault = camfx_check_file(control, sized, &control_status);
    if (!fault && ((uint64_t)status.st_size < page || (uint64_t)status.st_size > 65536 + CAMFX_QUEUE_MAX_SLOTS * CAMFX_QUEUE_MAX_SLOT_SIZE))
        fault = "the memory has an impossible size";
    if (!fault && (size_t)control_status.st_size != page) fault = "the control page has an impossible size";
    if (fault) return camfx_queue_fail(queue, fault);

    uint8_t *map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, memory, 0);
    if (map == MAP_FAILED) return camfx_queue_fail(queue, "the memory cannot be mapped");
    queue->memory = map;
    if (madvise(map, page, 22 /* MADV_POPULATE_READ */) < 0) fault = "the memory cannot be read";
    else {
        memcpy(&queue->header, map, sizeof queue->header);
        fault = camfx_check_header(&queue->header, (uint64_t)status.st_size);
        if (!fault && madvise(map, queue->header.first_slot_offset, 22) < 0) fault = "the memory cannot be read";
    }
    queue->header.total_size = (uint64_t)status.st_size;
    if (!fault) {
        void *own = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, control, 0);
        if (own == MAP_FAILED) fault = "the control page cannot be mapped";
        else {
            queue->control = own;
            struct camfx_control copy;
            memcpy(&copy, own, sizeof copy);
            if (copy.magic != CAMFX_CONTROL_MAGIC || copy.version != CAMFX_QUEUE_VERSION || copy.share > CAMFX_QUEUE_MAX_SHARE
                || copy.generation != queue->header.generation) fault = "the control page belongs to no queue like this";
            queue->share = copy.share;
        }
    }
    queue->last = 0;
    queue->populated = 0;
    memset(queue->held, 0, sizeof queue->held);
    if (!fault) return 0;
    camfx_queue_detach(queue);
    return camfx_queue_fail(queue, fault);
}

/* Takes one message; a WELCOME replaces the queue. 1: a new queue, 0: nothing of interest, -1: the producer is gone or refuses. */
static inline int camfx_queue_receive(struct camfx_queue *queue, int flags)
{
    union { struct camfx_refused refused; struct camfx_welcome welcome; uint32_t kind; } message = { .kind = 0 };
    union { struct cmsghdr align; char bytes[CMSG_SPACE(2 * sizeof(int))]; } control;
    struct iovec part = { &message, sizeof message };
    struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
    int fds[2] = { -1, -1 }, result = 0;
    ssize_t length;
    do length = recvmsg(queue->socket, &header, flags | MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    if (length < 0 && errno == EAGAIN) return 0;
    if (length <= 0) return camfx_queue_fail(queue, "the producer hung up");
    struct cmsghdr *attached = CMSG_FIRSTHDR(&header);
    size_t count = 0;
    if (attached && attached->cmsg_level == SOL_SOCKET && attached->cmsg_type == SCM_RIGHTS) {
        count = (attached->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds, CMSG_DATA(attached), (count < 2 ? count : 2) * sizeof(int));
    }
    if (message.kind == CAMFX_WELCOME && (size_t)length >= sizeof message.welcome && count == 2) {
        camfx_queue_detach(queue);
        result = camfx_queue_attach(queue, fds[0], fds[1]) < 0 ? -1 : 1;
    } else if (message.kind == CAMFX_REFUSED && (size_t)length >= sizeof message.refused) {
        int used = message.refused.length < sizeof message.refused.text ? (int)message.refused.length : (int)sizeof message.refused.text;
        snprintf(queue->error, sizeof queue->error, "%.*s", used, message.refused.text);
        result = -1;
    } else if (message.kind != CAMFX_FRAME) {
        result = camfx_queue_fail(queue, "the producer sent something that is no message");
    }
    for (int i = 0; i < 2; i++) if (fds[i] >= 0) close(fds[i]);
    return result;
}

static inline void camfx_queue_close(struct camfx_queue *queue)
{
    camfx_queue_detach(queue);
    if (queue->socket >= 0) close(queue->socket);
    queue->socket = -1;
}

/* Connects to a camera by name, or by the path of its socket when the name has a slash. fourcc 0: any format. */
static inline int camfx_queue_connect(struct camfx_queue *queue, const char *name, uint32_t fourcc, uint32_t leases)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct ucred peer;
    socklen_t size = sizeof peer;
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    memset(queue, 0, sizeof *queue);
    queue->socket = -1;
    int length = strchr(name, '/') ? snprintf(address.sun_path, sizeof address.sun_path, "%s", name)
        : snprintf(address.sun_path, sizeof address.sun_path, "%s/camfx/queues/%s", runtime ? runtime : "", name);
    if (length < 0 || (size_t)length >= sizeof address.sun_path) return camfx_queue_fail(queue, "the camera's path is too long");
    queue->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (queue->socket < 0) return camfx_queue_fail(queue, "no socket can be made");
    struct camfx_hello hello = { .kind = CAMFX_HELLO, .version = CAMFX_QUEUE_VERSION, .magic = CAMFX_QUEUE_MAGIC, .fourcc = fourcc, .leases = leases };
    int result;
    if (connect(queue->socket, (struct sockaddr *)&address, sizeof address) < 0) result = camfx_queue_fail(queue, "no camera of this name is there");
    else if (getsockopt(queue->socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || peer.uid != geteuid())
        result = camfx_queue_fail(queue, "the camera belongs to another user");
    else if (send(queue->socket, &hello, sizeof hello, MSG_NOSIGNAL) != sizeof hello) result = camfx_queue_fail(queue, "the producer hung up");
    else result = camfx_queue_receive(queue, 0);
    if (result == 1) return 0;
    camfx_queue_close(queue);
    return -1;
}

static inline uint64_t camfx_queue_newest(const struct camfx_queue *queue) { return camfx_load64(&camfx_live_header(queue)->newest) >> 8; }

static inline uint32_t camfx_queue_state(const struct camfx_queue *queue) { return camfx_load32(&camfx_live_header(queue)->state); }

/* Finds the newest word if it is later than the last frame: 1, else 0, or -1 when it is impossible. */
static inline int camfx_find_newest(struct camfx_queue *queue, uint64_t *word)
{
    *word = camfx_load64(&camfx_live_header(queue)->newest);
    if (*word >> 8 <= queue->last) return 0;
    return (*word & 0xff) < queue->header.slot_count ? 1 : camfx_queue_fail(queue, "the newest frame is in an impossible slot");
}

/* Copies and checks a descriptor: 1, or 0 when the slot holds another frame by now, or -1 when it is impossible. */
static inline int camfx_read_slot(struct camfx_queue *queue, uint64_t word, struct camfx_frame *frame)
{
    const uint32_t slot = (uint32_t)(word & 0xff);
    const struct camfx_slot *live = camfx_live_slot(queue, slot);
    struct camfx_slot copy;
    if (camfx_load64(&live->sequence) != word >> 8) return 0;
    memcpy(&copy, live, sizeof copy);
    atomic_thread_fence(memory_order_acquire);
    if (camfx_load64(&live->sequence) != word >> 8) return 0;
    const struct camfx_format *format = &queue->header.format;
    if (copy.format.fourcc != format->fourcc || copy.format.width != format->width || copy.format.height != format->height
        || copy.bytes_used > queue->header.slot_size || !camfx_format_valid(&copy.format, queue->header.frame_size))
        return camfx_queue_fail(queue, "the frame's description is impossible");
    uint8_t *pixels = queue->memory + queue->header.first_slot_offset + slot * queue->header.slot_size;
    if (!(queue->populated >> slot & 1)) {
        if (madvise(pixels, queue->header.slot_size, 22) < 0) return camfx_queue_fail(queue, "the memory cannot be read");
        queue->populated |= UINT64_C(1) << slot;
    }
    *frame = (struct camfx_frame){ .sequence = word >> 8, .slot = slot, .capture_time = copy.capture_time,
        .presentation_time = copy.presentation_time, .flags = copy.flags, .format = copy.format };
    for (unsigned plane = 0; plane < copy.format.plane_count; plane++) {
        frame->plane[plane] = pixels + copy.format.offset[plane];
        frame->stride[plane] = copy.format.stride[plane];
    }
    return 1;
}

static inline void camfx_clear_lease(struct camfx_queue *queue, uint32_t word)
{
    queue->held[word] = 0;
    camfx_store64(&queue->control->lease[word], 0);
    atomic_thread_fence(memory_order_seq_cst); /* the word is empty before the newest frame is read again */
}

/* Leases the newest frame. 1: done, 0: nothing newer or no lease left, -1: the producer broke the protocol. */
static inline int camfx_queue_acquire(struct camfx_queue *queue, struct camfx_frame *frame)
{
    for (int attempt = 0; attempt < CAMFX_QUEUE_ATTEMPTS; attempt++) {
        uint64_t newest;
        int found = camfx_find_newest(queue, &newest);
        uint32_t word = 0;
        while (word < queue->share && queue->held[word]) word++;
        if (found != 1 || word == queue->share) return found < 0 ? -1 : 0;
        queue->held[word] = newest;
        camfx_store64(&queue->control->lease[word], newest);
        atomic_thread_fence(memory_order_seq_cst); /* Dekker: the lease is visible before the sequence is read */
        int read = camfx_read_slot(queue, newest, frame);
        if (read == 1) {
            queue->last = newest >> 8;
            return 1;
        }
        camfx_clear_lease(queue, word);
        if (read < 0) return -1;
    }
    return 0;
}

/* Gives a frame back. 1: it was whole, 0: its lease was revoked and its pixels may be torn, -1: it is not held. */
static inline int camfx_queue_release(struct camfx_queue *queue, const struct camfx_frame *frame)
{
    atomic_thread_fence(memory_order_acquire); /* the pixels are read before the sequence */
    int whole = camfx_load64(&camfx_live_slot(queue, frame->slot)->sequence) == frame->sequence;
    for (uint32_t word = 0; word < queue->share; word++) {
        if (queue->held[word] != (frame->sequence << 8 | frame->slot)) continue;
        camfx_clear_lease(queue, word);
        return whole;
    }
    return camfx_queue_fail(queue, "the frame is not held");
}

/* Copies the newest frame, its used bytes as they lie in the slot, without a lease. 1: done, 0: nothing newer or overtaken, -1: error. */
static inline int camfx_queue_copy(struct camfx_queue *queue, void *destination, size_t size, struct camfx_frame *frame)
{
    for (int attempt = 0; attempt < CAMFX_QUEUE_ATTEMPTS; attempt++) {
        uint64_t newest;
        int found = camfx_find_newest(queue, &newest);
        if (found != 1) return found;
        if (size < queue->header.frame_size) return camfx_queue_fail(queue, "the buffer is too small for a frame");
        int read = camfx_read_slot(queue, newest, frame);
        if (read < 0) return -1;
        if (read == 0) continue;
        const uint8_t *pixels = queue->memory + queue->header.first_slot_offset + frame->slot * queue->header.slot_size;
        memcpy(destination, pixels, queue->header.frame_size);
        atomic_thread_fence(memory_order_acquire); /* the copy is finished before the sequence is read again */
        if (camfx_load64(&camfx_live_slot(queue, frame->slot)->sequence) != frame->sequence) continue;
        for (unsigned plane = 0; plane < frame->format.plane_count; plane++)
            frame->plane[plane] = (const uint8_t *)destination + (frame->plane[plane] - pixels);
        queue->last = frame->sequence;
        return 1;
    }
    return 0;
}

/* Sleeps on the wake word until a frame after `sequence` is there (1), the deadline (CLOCK_MONOTONIC ns) passes or the queue ends (0). */
static inline int camfx_wait_futex(struct camfx_queue *queue, uint64_t sequence, int64_t deadline)
{
    const struct camfx_queue_header *header = camfx_live_header(queue);
    struct timespec time = { deadline / 1000000000, deadline % 1000000000 };
    int frame = 0;
    for (;;) {
        uint32_t seen = camfx_load32(&header->wake);
        camfx_store32(&queue->control->waiting, CAMFX_WAIT_FUTEX);
        atomic_thread_fence(memory_order_seq_cst); /* Dekker: the flag is visible before the last look */
        if ((frame = camfx_queue_newest(queue) > sequence) || camfx_queue_state(queue) != CAMFX_QUEUE_LIVE || camfx_now() >= deadline) break;
        syscall(SYS_futex, &header->wake, FUTEX_WAIT_BITSET, seen, &time, NULL, FUTEX_BITSET_MATCH_ANY);
    }
    camfx_store32(&queue->control->waiting, CAMFX_WAIT_NONE);
    return frame;
}

/*
 * Sleeps until there is a frame after `sequence`: 1; until the time is over: 0; until the producer is gone or refuses: -1.
 * A new queue (its size changed) starts at sequence 0 again: compare with queue.last, which is 0 then. Release every frame before calling this.
 */
static inline int camfx_queue_wait(struct camfx_queue *queue, uint64_t sequence, int timeout_ms)
{
    const int64_t deadline = camfx_now() + (int64_t)timeout_ms * 1000000;
    int64_t patience = INT64_C(3000000000) * queue->header.frame_rate_denominator / queue->header.frame_rate_numerator;
    int64_t quiet = camfx_now() + (patience < 1000000000 ? patience : 1000000000);
    if (camfx_wait_futex(queue, sequence, quiet < deadline ? quiet : deadline)) return 1;
    int result = 0;
    for (;;) {
        camfx_store32(&queue->control->waiting, CAMFX_WAIT_MESSAGE);
        atomic_thread_fence(memory_order_seq_cst);
        if (camfx_queue_newest(queue) > sequence) { result = 1; break; }
        int64_t left = deadline - camfx_now();
        struct pollfd socket = { queue->socket, POLLIN, 0 };
        int ready = poll(&socket, 1, left > 0 ? (int)((left + 999999) / 1000000) : 0);
        if (ready > 0) {
            int received = camfx_queue_receive(queue, MSG_DONTWAIT);
            if (received < 0) { result = -1; break; }
            if (received == 1) sequence = 0;
        } else if (camfx_queue_state(queue) == CAMFX_QUEUE_ENDED) {
            result = camfx_queue_fail(queue, "the producer closed the queue");
            break;
        }
        if (left <= 0) { result = camfx_queue_newest(queue) > sequence; break; }
    }
    if (queue->control) camfx_store32(&queue->control->waiting, CAMFX_WAIT_NONE);
    return result;
}

#endif
