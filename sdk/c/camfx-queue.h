/* SPDX-License-Identifier: MIT
 *
 * camfx-queue.h: read a camfx camera's frames from any C11 program, or be the source of one, without a copy.
 *
 * One header, no library. Protocol version 1, specified in docs/frame-queue.md; the names of steps and fences are the same there.
 * Include it before any system header, or define _GNU_SOURCE yourself. Everything is thread-bound: one connection or producer, one thread.
 *
 * A consumer:
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
 * A producer, whose frames `camfx run --source queue:NAME` shows:
 *
 *     struct camfx_producer producer;
 *     struct camfx_producer_options options = { .width = 640, .height = 360 };
 *     if (camfx_producer_open(&producer, "hello", &options) < 0) { puts(producer.error); return 1; }
 *     for (int64_t next = camfx_now();; next += 33333333) {
 *         struct camfx_picture picture;
 *         if (camfx_producer_begin(&producer, &picture) == 1) {
 *             ... picture.plane[0], picture.stride[0] ...
 *             camfx_producer_publish(&producer, &picture);
 *         }
 *         camfx_producer_poll(&producer, next);
 *     }
 *
 * Functions return a negative value on failure and leave a sentence in queue.error or producer.error.
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
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define CAMFX_QUEUE_MAGIC UINT64_C(0x45555158464d4143)   /* "CAMFXQUE" */
#define CAMFX_CONTROL_MAGIC UINT64_C(0x4c544358464d4143) /* "CAMFXCTL" */
#define CAMFX_QUEUE_VERSION 1u
#define CAMFX_QUEUE_OTHER_VERSION "one of the two programs is of another version of camfx; restart camfx"
#define CAMFX_QUEUE_MAX_SLOTS 64u
#define CAMFX_QUEUE_MAX_SHARE 62u
#define CAMFX_QUEUE_MAX_SLOT_SIZE (UINT64_C(7680) * 4320 * 4)
#define CAMFX_QUEUE_ATTEMPTS 8
#define CAMFX_QUEUE_PATIENCE 5 /* seconds a producer has to answer */

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
    if (header->version != CAMFX_QUEUE_VERSION) return "the queue has another version: " CAMFX_QUEUE_OTHER_VERSION;
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
            if (copy.magic == CAMFX_CONTROL_MAGIC && copy.version != CAMFX_QUEUE_VERSION)
                fault = "the control page has another version: " CAMFX_QUEUE_OTHER_VERSION;
            else if (copy.magic != CAMFX_CONTROL_MAGIC || copy.share > CAMFX_QUEUE_MAX_SHARE || copy.generation != queue->header.generation)
                fault = "the control page belongs to no queue like this";
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
    if (message.kind == CAMFX_WELCOME && (size_t)length >= sizeof message.welcome && message.welcome.version != CAMFX_QUEUE_VERSION) {
        result = camfx_queue_fail(queue, "the producer speaks another version: " CAMFX_QUEUE_OTHER_VERSION);
    } else if (message.kind == CAMFX_WELCOME && (size_t)length >= sizeof message.welcome && count == 2) {
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
    const struct timeval patience = { .tv_sec = CAMFX_QUEUE_PATIENCE };
    (void)setsockopt(queue->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(queue->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    struct camfx_hello hello = { .kind = CAMFX_HELLO, .version = CAMFX_QUEUE_VERSION, .magic = CAMFX_QUEUE_MAGIC, .fourcc = fourcc, .leases = leases };
    int result;
    if (connect(queue->socket, (struct sockaddr *)&address, sizeof address) < 0) result = camfx_queue_fail(queue, "no camera of this name is there");
    else if (getsockopt(queue->socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || peer.uid != geteuid())
        result = camfx_queue_fail(queue, "the camera belongs to another user");
    else if (send(queue->socket, &hello, sizeof hello, MSG_NOSIGNAL) != sizeof hello) result = camfx_queue_fail(queue, "the producer hung up");
    else if ((result = camfx_queue_receive(queue, 0)) == 0) result = camfx_queue_fail(queue, "the producer does not answer");
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


/*
 * The producer. It is wait-free: no consumer, however slow, dead or hostile, can make camfx_producer_begin or camfx_producer_publish wait.
 * There is no thread: new consumers are let in, and the leases of the dead taken back, inside camfx_producer_begin and camfx_producer_poll.
 * A program that sleeps between its frames sleeps in camfx_producer_poll, so that nobody waits for it at the door.
 */

#define CAMFX_PRODUCER_CONSUMERS 64     /* connections at a time */
#define CAMFX_PRODUCER_SHARE 2u         /* frames one of them may hold */
#define CAMFX_PRODUCER_MAX_LEASES 62u   /* frames all of them together may hold */
#define CAMFX_LEASE_TIME INT64_C(500000000)
#define CAMFX_HELLO_TIME INT64_C(2000000000)
#define CAMFX_ACCEPT_PAUSE INT64_C(100000000)

/* What a queue carries. Fields that are 0 have the usual value. */
struct camfx_producer_options {
    uint32_t width, height;                    /* pixels; must be given */
    uint32_t fourcc;                           /* usually YU12; see camfx_fourcc */
    uint32_t rate_numerator, rate_denominator; /* declared frames in so many seconds; usually 30 in 1 */
    uint32_t leases;                           /* frames all consumers together may hold; usually 6. The queue has two slots more */
    uint32_t matrix, range;                    /* usually 1 (BT.601) and 1 (limited) */
};

/* A frame that is being drawn. Times, flags, matrix and range may be changed until it is published. */
struct camfx_picture {
    uint32_t slot;
    int64_t capture_time, presentation_time; /* CLOCK_MONOTONIC, ns; now, unless something better is known */
    uint32_t flags;
    struct camfx_format format;
    uint8_t *plane[3];
    uint32_t stride[3];
};

/* A consumer as its producer sees it. Private. */
struct camfx_producer_consumer {
    int socket;
    int greeted;        /* it has said hello and has a queue */
    int64_t hello_by;   /* until then it must have said hello */
    uint32_t fourcc, wanted, share;
    const struct camfx_control *page;
    uint64_t seen[CAMFX_PRODUCER_SHARE];
    int64_t since[CAMFX_PRODUCER_SHARE]; /* when the word was first seen; INT64_MIN: it is revoked */
    unsigned spent;     /* a bit for each word that has blocked a slot in this camfx_producer_begin, or is revoked */
};

struct camfx_producer {
    struct camfx_format format;
    uint64_t generation, sequence;      /* of the queue, and of the frame published last */
    uint64_t revoked, contended;        /* leases taken back after 500 ms; slots that were leased while they were chosen */
    uint64_t wakes, messages, dropped;  /* system calls made to wake consumers; messages that found a full socket */
    char error[256];
    /* private */
    struct camfx_producer_options options;
    int memory, listener, begun, newest;
    uint8_t *map;
    size_t size, slot_size, first_slot;
    uint32_t slots, granted, wake, count, frame_size;
    uint64_t sequences[CAMFX_QUEUE_MAX_SLOTS]; /* what each slot holds: what is in shared memory is never read back */
    int64_t accept_from, last_time;
    struct camfx_producer_consumer consumers[CAMFX_PRODUCER_CONSUMERS];
    char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
};

static inline uint32_t camfx_fourcc(const char *code)
{
    return (uint32_t)(unsigned char)code[0] | (uint32_t)(unsigned char)code[1] << 8 | (uint32_t)(unsigned char)code[2] << 16
        | (uint32_t)(unsigned char)code[3] << 24;
}

/* Options for frames of the same format, size and rate as those of a queue: for a layer between two queues. */
static inline struct camfx_producer_options camfx_producer_like(const struct camfx_queue *queue)
{
    const struct camfx_format *format = &queue->header.format;
    return (struct camfx_producer_options){ .width = format->width, .height = format->height, .fourcc = format->fourcc,
        .rate_numerator = queue->header.frame_rate_numerator, .rate_denominator = queue->header.frame_rate_denominator,
        .matrix = format->matrix, .range = format->range };
}

static inline int camfx_producer_fail(struct camfx_producer *producer, const char *sentence, const char *detail)
{
    snprintf(producer->error, sizeof producer->error, "%s%s%s", sentence, detail ? ": " : "", detail ? detail : "");
    return -1;
}

static inline struct camfx_queue_header *camfx_own_header(const struct camfx_producer *producer) { return (struct camfx_queue_header *)producer->map; }

static inline struct camfx_slot *camfx_own_slot(const struct camfx_producer *producer, uint32_t slot)
{
    return (struct camfx_slot *)(producer->map + sizeof(struct camfx_queue_header)) + slot;
}

/* Lays planes out without gaps, but for rows of RGB3 and BGR3, which end at a multiple of four bytes. Returns the bytes of a frame, 0 for an
 * unknown format or size. */
static inline uint64_t camfx_lay_out(struct camfx_format *format)
{
    uint64_t used = 0;
    format->plane_count = 0;
    for (unsigned plane = 0; plane < 3; plane++) {
        uint64_t rows, row = camfx_plane_shape(format, plane, &rows);
        if (row == 0) break;
        if (format->fourcc == camfx_fourcc("RGB3") || format->fourcc == camfx_fourcc("BGR3")) row = (row + 3) / 4 * 4;
        format->offset[plane] = (uint32_t)used;
        format->stride[plane] = (uint32_t)row;
        format->plane_count++;
        used += row * rows;
    }
    return used <= CAMFX_QUEUE_MAX_SLOT_SIZE && camfx_format_valid(format, used) ? used : 0;
}

static inline int camfx_seal(int fd, int seals) { return fcntl(fd, 1033 /* F_ADD_SEALS */, seals); }

/* Makes a queue's memory: mapped writable first, sealed then, so that nobody else can ever map it writable. 0, or -1. */
static inline int camfx_make_memory(struct camfx_producer *producer, const struct camfx_producer_options *wanted)
{
    struct camfx_producer_options options = *wanted;
    if (!options.fourcc) options.fourcc = camfx_fourcc("YU12");
    if (!options.rate_numerator) options.rate_numerator = 30;
    if (!options.rate_denominator) options.rate_denominator = 1;
    if (!options.leases) options.leases = 6;
    if (!options.matrix) options.matrix = 1;
    if (!options.range) options.range = 1;
    struct camfx_format format = { .fourcc = options.fourcc, .width = options.width, .height = options.height,
        .matrix = options.matrix, .range = options.range };
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t used = options.width && options.width <= 16384 && options.height && options.height <= 16384 ? camfx_lay_out(&format) : 0;
    if (!used) return camfx_producer_fail(producer, "a queue cannot carry frames of this format and size", NULL);
    if (options.leases > CAMFX_PRODUCER_MAX_LEASES) return camfx_producer_fail(producer, "a queue has at most 62 leases", NULL);
    if (options.rate_numerator > INT32_MAX || options.rate_denominator > INT32_MAX) return camfx_producer_fail(producer, "the frame rate is impossible", NULL);
    const uint32_t slots = options.leases + 2;
    const uint64_t slot_size = (used + page - 1) / page * page;
    const uint64_t first = (sizeof(struct camfx_queue_header) + slots * sizeof(struct camfx_slot) + page - 1) / page * page;
    const uint64_t size = first + slots * slot_size;
    int memory = memfd_create("camfx-queue", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    void *map = MAP_FAILED;
    if (memory >= 0 && ftruncate(memory, (off_t)size) == 0) map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (map != MAP_FAILED && camfx_seal(memory, F_SEAL_SHRINK | F_SEAL_GROW | 16 /* F_SEAL_FUTURE_WRITE */ | F_SEAL_SEAL) < 0) {
        munmap(map, size);
        map = MAP_FAILED;
    }
    if (map == MAP_FAILED) {
        camfx_producer_fail(producer, "the queue's memory cannot be made", strerror(errno));
        if (memory >= 0) close(memory);
        return -1;
    }
    struct camfx_queue_header *header = map;
    *header = (struct camfx_queue_header){ .magic = CAMFX_QUEUE_MAGIC, .version = CAMFX_QUEUE_VERSION, .header_size = sizeof *header,
        .total_size = size, .slot_size = slot_size, .first_slot_offset = first, .slot_count = slots,
        .descriptor_size = sizeof(struct camfx_slot), .generation = ++producer->generation, .producer_pid = (uint32_t)getpid(),
        .frame_size = (uint32_t)used, .format = format, .frame_rate_numerator = options.rate_numerator,
        .frame_rate_denominator = options.rate_denominator, .state = CAMFX_QUEUE_LIVE };
    producer->map = map;
    for (uint32_t slot = 0; slot < slots; slot++) camfx_own_slot(producer, slot)->format = format;
    producer->format = format;
    producer->options = options;
    producer->memory = memory;
    producer->size = size;
    producer->slot_size = slot_size;
    producer->first_slot = first;
    producer->slots = slots;
    producer->frame_size = (uint32_t)used;
    producer->sequence = 0;
    producer->begun = producer->newest = -1;
    producer->granted = producer->wake = 0;
    memset(producer->sequences, 0, sizeof producer->sequences);
    return 0;
}

static inline int camfx_make_folders(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        int made = mkdir(path, 0700) == 0 || errno == EEXIST || access(path, F_OK) == 0;
        *slash = '/';
        if (!made) return -1;
    }
    return 0;
}

/*
 * Listens at the path, which has a folder in it. The socket is bound under another name, listens, and is then renamed to the path: who finds the
 * path can connect. A lock on the folder makes the look for a living producer and the rename one step. 0; 1: somebody listens there; -1: errno.
 */
static inline int camfx_listen(struct camfx_producer *producer)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX }, temporary = { .sun_family = AF_UNIX };
    int result = -1, folder = -1, taken = 0;
    strcpy(address.sun_path, producer->path);
    char *slash = strrchr(address.sun_path, '/');
    if ((size_t)(slash - address.sun_path) + sizeof "/.12345678" > sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (camfx_make_folders(address.sun_path) < 0) return -1;
    snprintf(temporary.sun_path, sizeof temporary.sun_path, "%.*s/.%08x", (int)(slash - address.sun_path), address.sun_path,
        (unsigned)getpid() * 2654435761u ^ (unsigned)camfx_now());
    *slash = 0;
    folder = open(*address.sun_path ? address.sun_path : "/", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    *slash = '/';
    if (folder < 0) return -1;
    while (flock(folder, LOCK_EX) < 0 && errno == EINTR) { }
    struct stat status;
    if (lstat(address.sun_path, &status) == 0) {
        /* A listener whose backlog is full says EAGAIN. Only "refused" means that nobody has the socket open. */
        int probe = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        taken = connect(probe, (struct sockaddr *)&address, sizeof address) == 0 || errno != ECONNREFUSED || !S_ISSOCK(status.st_mode);
        if (probe >= 0) close(probe);
    }
    if (!taken && (producer->listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) >= 0) {
        if (fchmod(producer->listener, 0700) == 0 && bind(producer->listener, (struct sockaddr *)&temporary, sizeof temporary) == 0
            && listen(producer->listener, CAMFX_PRODUCER_CONSUMERS) == 0 && rename(temporary.sun_path, address.sun_path) == 0) result = 0;
        else unlink(temporary.sun_path);
    }
    int error = errno;
    close(folder);
    errno = error;
    return taken ? 1 : result;
}

static inline void camfx_drop_memory(struct camfx_producer *producer)
{
    if (producer->map) munmap(producer->map, producer->size);
    if (producer->memory >= 0) close(producer->memory);
    producer->map = NULL;
    producer->memory = -1;
}

/* The consumer's page and leases go; its connection stays. */
static inline void camfx_forget_page(struct camfx_producer *producer, struct camfx_producer_consumer *consumer)
{
    if (consumer->page) munmap((void *)(uintptr_t)consumer->page, (size_t)sysconf(_SC_PAGESIZE));
    consumer->page = NULL;
    producer->granted -= consumer->share;
    consumer->share = 0;
}

static inline void camfx_drop_consumer(struct camfx_producer *producer, uint32_t index)
{
    struct camfx_producer_consumer *consumer = &producer->consumers[index];
    camfx_forget_page(producer, consumer);
    close(consumer->socket);
    *consumer = producer->consumers[--producer->count];
}

static inline void camfx_refuse(int fd, const char *reason)
{
    struct camfx_refused message = { .kind = CAMFX_REFUSED, .version = CAMFX_QUEUE_VERSION };
    message.length = (uint32_t)snprintf(message.text, sizeof message.text, "%s", reason);
    if (message.length >= sizeof message.text) message.length = sizeof message.text - 1;
    (void)!send(fd, &message, sizeof message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Gives a consumer the queue and a control page, its first or those of the queue that replaces it. -1: it cannot have them. */
static inline int camfx_welcome_consumer(struct camfx_producer *producer, struct camfx_producer_consumer *consumer)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const uint32_t rest = producer->options.leases - producer->granted;
    uint32_t share = consumer->wanted < CAMFX_PRODUCER_SHARE ? consumer->wanted : CAMFX_PRODUCER_SHARE;
    if (share > rest) share = rest;
    struct camfx_control head = { .magic = CAMFX_CONTROL_MAGIC, .version = CAMFX_QUEUE_VERSION, .share = share, .generation = producer->generation };
    struct camfx_welcome message = { .kind = CAMFX_WELCOME, .version = CAMFX_QUEUE_VERSION, .generation = producer->generation, .share = share };
    union { struct cmsghdr align; char bytes[CMSG_SPACE(2 * sizeof(int))]; } attached;
    memset(&attached, 0, sizeof attached);
    struct iovec part = { &message, sizeof message };
    struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &attached, .msg_controllen = sizeof attached };
    void *map = MAP_FAILED;
    int control = memfd_create("camfx-control", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (control < 0) return -1;
    if (ftruncate(control, (off_t)page) == 0 && pwrite(control, &head, offsetof(struct camfx_control, reserved0), 0) > 0
        && camfx_seal(control, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0) map = mmap(NULL, page, PROT_READ, MAP_SHARED, control, 0);
    int sent = 0;
    if (map != MAP_FAILED) {
        const int fds[2] = { producer->memory, control };
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof fds);
        memcpy(CMSG_DATA(rights), fds, sizeof fds);
        sent = sendmsg(consumer->socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)sizeof message;
    }
    close(control);
    if (!sent) {
        if (map != MAP_FAILED) munmap(map, page);
        return -1;
    }
    consumer->page = map;
    consumer->share = share;
    consumer->greeted = 1;
    consumer->hello_by = INT64_MAX;
    memset(consumer->seen, 0, sizeof consumer->seen);
    memset(consumer->since, 0, sizeof consumer->since);
    producer->granted += share;
    return 0;
}

static inline void camfx_accept(struct camfx_producer *producer, int64_t now)
{
    int fd = accept4(producer->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) {
        /* Descriptors may have run out, and the peer still waits: a pause keeps poll from telling so without end. */
        if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) producer->accept_from = now + CAMFX_ACCEPT_PAUSE;
        return;
    }
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid()) {
        producer->consumers[producer->count++] = (struct camfx_producer_consumer){ .socket = fd, .hello_by = now + CAMFX_HELLO_TIME };
        return;
    }
    camfx_refuse(fd, "the producer belongs to another user");
    close(fd);
}

/* Hears what a consumer says. -1: the connection is over. */
static inline int camfx_hear(struct camfx_producer *producer, struct camfx_producer_consumer *consumer)
{
    struct { struct camfx_hello hello; char more; } message;
    ssize_t length = recv(consumer->socket, &message, sizeof message, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    /* After its HELLO a consumer has nothing to say: whatever comes then ends the connection, as its death does. */
    if (length != sizeof message.hello || consumer->greeted || message.hello.kind != CAMFX_HELLO || message.hello.magic != CAMFX_QUEUE_MAGIC) return -1;
    if (message.hello.version != CAMFX_QUEUE_VERSION) {
        camfx_refuse(consumer->socket, "this producer speaks version 1 of the frame queue: " CAMFX_QUEUE_OTHER_VERSION);
        return -1;
    }
    if (message.hello.fourcc && message.hello.fourcc != producer->format.fourcc) {
        camfx_refuse(consumer->socket, "this producer has frames of one format only, and not of this one");
        return -1;
    }
    consumer->fourcc = message.hello.fourcc;
    consumer->wanted = message.hello.leases;
    return camfx_welcome_consumer(producer, consumer);
}

/*
 * Serves the socket until a time (CLOCK_MONOTONIC ns) and sleeps meanwhile; with 0, or a time that is over, it looks once and does not sleep.
 * Returns how many consumers there are.
 */
static inline int camfx_producer_poll(struct camfx_producer *producer, int64_t until)
{
    for (;;) {
        struct pollfd fds[CAMFX_PRODUCER_CONSUMERS + 1];
        const uint32_t count = producer->count;
        int64_t now = camfx_now(), wake = until;
        int accepting = count < CAMFX_PRODUCER_CONSUMERS && producer->accept_from <= now;
        if (producer->accept_from > now && producer->accept_from < wake) wake = producer->accept_from;
        fds[0] = (struct pollfd){ accepting ? producer->listener : -1, POLLIN, 0 };
        for (uint32_t i = 0; i < count; i++) {
            fds[i + 1] = (struct pollfd){ producer->consumers[i].socket, POLLIN, 0 };
            if (producer->consumers[i].hello_by < wake) wake = producer->consumers[i].hello_by;
        }
        int64_t left = wake > now ? wake - now : 0;
        struct timespec time = { left / 1000000000, left % 1000000000 };
        int ready = ppoll(fds, count + 1, &time, NULL);
        now = camfx_now();
        for (uint32_t i = count; i-- > 0;) {
            int over = ready > 0 && fds[i + 1].revents ? camfx_hear(producer, &producer->consumers[i]) < 0 : 0;
            if (over || now >= producer->consumers[i].hello_by) camfx_drop_consumer(producer, i);
        }
        if (ready > 0 && fds[0].revents) camfx_accept(producer, now);
        if (now >= until) break;
    }
    int greeted = 0;
    for (uint32_t i = 0; i < producer->count; i++) greeted += producer->consumers[i].greeted;
    return greeted;
}

/* EnterConsumers, ScanLeases: reads each lease word once and returns the set of slots they hold, one bit a slot. */
static inline uint64_t camfx_scan_leases(struct camfx_producer *producer)
{
    uint64_t held = 0;
    int64_t now = camfx_now();
    atomic_thread_fence(memory_order_seq_cst);
    for (uint32_t c = 0; c < producer->count; c++) {
        struct camfx_producer_consumer *consumer = &producer->consumers[c];
        consumer->spent = 0;
        for (uint32_t i = 0; i < consumer->share; i++) {
            const uint64_t word = camfx_load64(&consumer->page->lease[i]), slot = word & 0xff;
            if (word != consumer->seen[i]) {
                consumer->seen[i] = word;
                consumer->since[i] = now;
            }
            /* A word that does not name the frame its slot holds means nothing. */
            if (word >> 8 == 0 || slot >= producer->slots || producer->sequences[slot] != word >> 8) continue;
            consumer->spent |= 1u << i;
            if (consumer->since[i] == INT64_MIN) continue;
            if (now - consumer->since[i] > CAMFX_LEASE_TIME) {
                consumer->since[i] = INT64_MIN;
                producer->revoked++;
                continue;
            }
            held |= UINT64_C(1) << slot;
        }
    }
    return held;
}

/* Choose: the slot published longest ago among the first `count` that are not taken, or -1. */
static inline int camfx_choose(const struct camfx_producer *producer, uint64_t taken, uint32_t count)
{
    int oldest = -1;
    for (uint32_t slot = 0; slot < count && slot < producer->slots; slot++)
        if (!(taken >> slot & 1) && (oldest < 0 || producer->sequences[slot] < producer->sequences[oldest])) oldest = (int)slot;
    return oldest;
}

static inline void camfx_mark_writing(struct camfx_producer *producer, uint32_t slot)
{
    camfx_store64(&camfx_own_slot(producer, slot)->sequence, 0);
    atomic_thread_fence(memory_order_seq_cst); /* Dekker: the mark is visible before the leases are read again, and before the pixels */
}

/* IsLeasedNow: whether a word that has not blocked a slot yet holds the slot's frame now. Such a word is then spent. */
static inline int camfx_is_leased_now(struct camfx_producer *producer, uint32_t slot)
{
    const uint64_t frame = producer->sequences[slot] << 8 | slot;
    if (producer->sequences[slot] == 0) return 0;
    for (uint32_t c = 0; c < producer->count; c++) {
        struct camfx_producer_consumer *consumer = &producer->consumers[c];
        for (uint32_t i = 0; i < consumer->share; i++) {
            if (consumer->spent >> i & 1 || camfx_load64(&consumer->page->lease[i]) != frame) continue;
            consumer->spent |= 1u << i;
            producer->contended++;
            return 1;
        }
    }
    return 0;
}

/* Restore: nothing was drawn since the mark, so the slot still holds the frame it held. */
static inline void camfx_restore(struct camfx_producer *producer, uint32_t slot)
{
    camfx_store64(&camfx_own_slot(producer, slot)->sequence, producer->sequences[slot]);
}

/* TryBegin: takes a slot that nobody holds and that is not the newest frame. 1: draw into the picture; 0 never happens; -1: one is begun already. */
static inline int camfx_producer_begin(struct camfx_producer *producer, struct camfx_picture *picture)
{
    if (!producer->map) return camfx_producer_fail(producer, "the producer is closed", NULL);
    if (producer->begun >= 0) return camfx_producer_fail(producer, "a frame is begun already; publish or abandon it first", NULL);
    camfx_producer_poll(producer, 0);
    uint64_t taken = camfx_scan_leases(producer);
    uint32_t preferred = 3;
    for (uint64_t rest = taken; rest; rest &= rest - 1) preferred++;
    if (producer->newest >= 0) taken |= UINT64_C(1) << producer->newest;
    /* Each candidate that is lost was taken by a lease word that cannot take another one, so the loop ends with a slot. */
    for (;; preferred++) {
        int slot = camfx_choose(producer, taken, preferred);
        if (slot < 0) slot = camfx_choose(producer, taken, producer->slots);
        if (slot < 0) return 0;
        camfx_mark_writing(producer, (uint32_t)slot);
        if (!camfx_is_leased_now(producer, (uint32_t)slot)) {
            uint8_t *pixels = producer->map + producer->first_slot + (size_t)slot * producer->slot_size;
            producer->sequences[slot] = 0;
            producer->begun = slot;
            *picture = (struct camfx_picture){ .slot = (uint32_t)slot, .capture_time = camfx_now(), .format = producer->format };
            picture->presentation_time = picture->capture_time;
            for (unsigned plane = 0; plane < producer->format.plane_count; plane++) {
                picture->plane[plane] = pixels + producer->format.offset[plane];
                picture->stride[plane] = producer->format.stride[plane];
            }
            return 1;
        }
        camfx_restore(producer, (uint32_t)slot);
        taken |= UINT64_C(1) << slot;
    }
}

/* Changes wake, and wakes who waits: the futex's sleepers by one call, the others by a message each. Without either no system call is made. */
static inline void camfx_wake_waiters(struct camfx_producer *producer)
{
    struct camfx_queue_header *header = camfx_own_header(producer);
    int sleepers = 0;
    camfx_store32(&header->wake, ++producer->wake);
    atomic_thread_fence(memory_order_seq_cst); /* Dekker: newest and state are visible before the flags are read */
    for (uint32_t i = 0; i < producer->count; i++) {
        struct camfx_producer_consumer *consumer = &producer->consumers[i];
        const uint32_t waiting = consumer->page ? camfx_load32(&consumer->page->waiting) : CAMFX_WAIT_NONE;
        if (waiting == CAMFX_WAIT_FUTEX) sleepers = 1;
        if (waiting != CAMFX_WAIT_MESSAGE) continue;
        struct camfx_frame_message message = { .kind = CAMFX_FRAME, .sequence = producer->sequence };
        if (send(consumer->socket, &message, sizeof message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) producer->dropped++;
        else producer->messages++;
    }
    if (!sleepers) return;
    producer->wakes++;
    syscall(SYS_futex, &header->wake, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

/* Publish: makes the picture the newest frame. 0, or -1 when it is not the one that was begun. */
static inline int camfx_producer_publish(struct camfx_producer *producer, const struct camfx_picture *picture)
{
    if (producer->begun < 0 || picture->slot != (uint32_t)producer->begun) return camfx_producer_fail(producer, "this frame is not begun", NULL);
    struct camfx_slot *slot = camfx_own_slot(producer, picture->slot);
    const uint64_t sequence = ++producer->sequence;
    if (picture->presentation_time > producer->last_time) producer->last_time = picture->presentation_time; /* it never decreases */
    slot->capture_time = picture->capture_time;
    slot->presentation_time = producer->last_time;
    slot->flags = picture->flags;
    slot->bytes_used = producer->frame_size;
    slot->format.matrix = picture->format.matrix;
    slot->format.range = picture->format.range;
    /* Release, three times: pixels and fields before the sequence, the sequence before the word that points to it, that before wake. */
    camfx_store64(&slot->sequence, sequence);
    camfx_store64(&camfx_own_header(producer)->newest, sequence << 8 | picture->slot);
    producer->sequences[picture->slot] = sequence;
    producer->newest = producer->begun;
    producer->begun = -1;
    camfx_wake_waiters(producer);
    return 0;
}

/* Gives a begun frame back undrawn, or half drawn: nobody will see it. */
static inline void camfx_producer_abandon(struct camfx_producer *producer) { producer->begun = -1; }

/*
 * Becomes a producer by name, or at the path of a socket when the name has a slash. -1: producer.error says why. Also after a failure,
 * camfx_producer_close may be called.
 */
static inline int camfx_producer_open(struct camfx_producer *producer, const char *name, const struct camfx_producer_options *options)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    memset(producer, 0, sizeof *producer);
    producer->memory = producer->listener = -1;
    int length;
    if (strchr(name, '/')) length = snprintf(producer->path, sizeof producer->path, "%s%s", *name == '/' ? "" : "./", name);
    else {
        if (!*name || *name == '.' || strlen(name) > 31) return camfx_producer_fail(producer, "a queue's name has 1 to 31 bytes and no '.' at the start", name);
        if (!runtime || !*runtime) return camfx_producer_fail(producer, "there is no place for the queue's socket: set XDG_RUNTIME_DIR", NULL);
        length = snprintf(producer->path, sizeof producer->path, "%s/camfx/queues/%s", runtime, name);
    }
    if (length < 0 || (size_t)length >= sizeof producer->path) {
        *producer->path = 0;
        return camfx_producer_fail(producer, "the queue's path is too long", name);
    }
    if (camfx_make_memory(producer, options) < 0) return -1;
    int listening = camfx_listen(producer);
    if (listening == 0) return 0;
    char reason[160];
    snprintf(reason, sizeof reason, "%s", strerror(errno));
    if (producer->listener >= 0) close(producer->listener);
    producer->listener = -1;
    camfx_drop_memory(producer);
    return listening > 0 ? camfx_producer_fail(producer, "another program has a queue of this name; end it or take another name", name)
        : camfx_producer_fail(producer, "the queue's socket cannot be made", reason);
}

/* Goes on with frames of another size, format or rate: a queue of a later generation, to which every consumer is moved. -1: as before. */
static inline int camfx_producer_change(struct camfx_producer *producer, const struct camfx_producer_options *options)
{
    struct camfx_producer old = *producer;
    if (producer->begun >= 0) return camfx_producer_fail(producer, "a frame is begun; publish or abandon it first", NULL);
    if (camfx_make_memory(producer, options) < 0) return -1;
    for (uint32_t i = producer->count; i-- > 0;) {
        struct camfx_producer_consumer *consumer = &producer->consumers[i];
        const struct camfx_control *page = consumer->page;
        if (!consumer->greeted) continue;
        consumer->share = 0; /* the new queue has granted nothing yet */
        int moved = (!consumer->fourcc || consumer->fourcc == producer->format.fourcc) && camfx_welcome_consumer(producer, consumer) == 0;
        if (page) munmap((void *)(uintptr_t)page, (size_t)sysconf(_SC_PAGESIZE));
        if (moved) continue;
        consumer->page = NULL;
        camfx_drop_consumer(producer, i);
    }
    camfx_store32(&camfx_own_header(&old)->state, CAMFX_QUEUE_SUPERSEDED);
    camfx_store32(&camfx_own_header(&old)->wake, old.wake + 1);
    atomic_thread_fence(memory_order_seq_cst);
    syscall(SYS_futex, &camfx_own_header(&old)->wake, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0); /* the others have their WELCOME */
    camfx_drop_memory(&old);
    return 0;
}

/* Tells the consumers that no frame will come, and gives the name free. */
static inline void camfx_producer_close(struct camfx_producer *producer)
{
    if (producer->map) {
        camfx_store32(&camfx_own_header(producer)->state, CAMFX_QUEUE_ENDED);
        camfx_wake_waiters(producer);
    }
    /* The path goes first: who finds the socket gone knows that nobody serves it. */
    if (producer->listener >= 0) {
        unlink(producer->path);
        close(producer->listener);
        producer->listener = -1;
    }
    while (producer->count > 0) camfx_drop_consumer(producer, producer->count - 1);
    camfx_drop_memory(producer);
}

#endif
