/*
 * Forges queues under the eyes of sdk/c/camfx-queue.h, with address and undefined-behaviour sanitizers. Usage: camfx-fuzz SEED MUTATIONS
 *
 * Compiled with -finstrument-functions for the header only: each step of the client is counted, and between any two of them the producer may write. The queue is
 * mapped between two pages without access (-Wl,--wrap=mmap), and every byte of every plane that is handed out is read.
 */
#include "forge.h"
#include <dirent.h>
#include <pthread.h>
#include <sys/wait.h>

/* Eight looks for the newest frame, and a new queue checked. */
enum { MOST_STEPS = 8 * 24 + 64 };

void *__real_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
int __real_munmap(void *address, size_t length);
void *__wrap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
int __wrap_munmap(void *address, size_t length);
const char *__asan_default_options(void);
void __sanitizer_set_death_callback(void (*callback)(void));
void __cyg_profile_func_enter(void *function, void *caller);
void __cyg_profile_func_exit(void *function, void *caller);

static const struct forgery *adversary;
static const char *results;
static uint8_t *guarded;
static uint64_t seed;
static volatile uint64_t sum;
static _Thread_local long steps;
static long number, longest, attached, refused, frames, copies, broken;
static int failed, in_storm;

const char *__asan_default_options(void) { return "detect_leaks=0:abort_on_error=1"; }

void __cyg_profile_func_enter(void *function, void *caller)
{
    (void)function, (void)caller;
    steps++;
    if (adversary && below(32) == 0) forge_frame(adversary);
}

void __cyg_profile_func_exit(void *function, void *caller) { (void)function, (void)caller; }

static size_t pages(size_t length) { return (length + PAGE - 1) / PAGE * PAGE; }

void *__wrap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    if (address || protection != PROT_READ || flags != MAP_SHARED) return __real_mmap(address, length, protection, flags, fd, offset);
    uint8_t *region = __real_mmap(NULL, pages(length) + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) return MAP_FAILED;
    guarded = __real_mmap(region + PAGE, length, protection, flags | MAP_FIXED, fd, offset);
    return guarded;
}

int __wrap_munmap(void *address, size_t length)
{
    if (address != guarded) return __real_munmap(address, length);
    guarded = NULL;
    return __real_munmap((uint8_t *)address - PAGE, pages(length) + 2 * PAGE);
}

static void tell_case(void) { fprintf(stderr, "camfx-fuzz: that was case %ld of seed %llu\n", number, (unsigned long long)seed); }

static void violation(const char *what)
{
    fprintf(stderr, "camfx-fuzz: %s\n", what);
    tell_case();
    abort();
}

static void report(const char *what, int holds)
{
    FILE *file = results ? fopen(results, "a") : NULL;
    printf("%s C client: %s\n", holds ? "ok  " : "FAIL", what);
    if (file) {
        fprintf(file, "%s\tfuzz: C client: %s\t\n", holds ? "pass" : "fail", what);
        fclose(file);
    }
    failed |= !holds;
}

/* What docs/frame-queue.md says of a format, once more and in 128 bits. */
static int format_possible(const struct camfx_format *format, uint32_t frame_size)
{
    static const struct { const char *code; int planes, x, y, bytes; } known[] = { { "YU12", 3, 2, 2, 1 }, { "422P", 3, 2, 1, 1 }, { "NV12", 2, 2, 2, 2 },
        { "YUYV", 1, 1, 1, 2 }, { "UYVY", 1, 1, 1, 2 }, { "AR24", 1, 1, 1, 4 }, { "AB24", 1, 1, 1, 4 }, { "RGB3", 1, 1, 1, 3 }, { "BGR3", 1, 1, 1, 3 }, { "GREY", 1, 1, 1, 1 } };
    if (!format->width || format->width > 16384 || !format->height || format->height > 16384) return 0;
    if (!format->matrix || format->matrix > 2 || !format->range || format->range > 2) return 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (format->fourcc != code(known[i].code)) continue;
        if (format->plane_count != (uint32_t)known[i].planes) return 0;
        for (int plane = 0; plane < 3; plane++) {
            if (plane >= known[i].planes) {
                if (format->offset[plane] || format->stride[plane]) return 0;
                continue;
            }
            const int x = plane ? known[i].x : 1, y = plane ? known[i].y : 1, pair = known[i].code[3] == 'Y' || !strcmp(known[i].code, "YUYV");
            unsigned __int128 row = (format->width + x - 1) / x * (known[i].planes == 2 && !plane ? 1 : known[i].bytes), rows = (format->height + y - 1) / y;
            if (known[i].bytes == 2 && pair && known[i].planes == 1) row = (format->width + 1) / 2 * 4;
            if (format->stride[plane] < row || format->stride[plane] > frame_size || format->offset[plane] + format->stride[plane] * (rows - 1) + row > frame_size) return 0;
        }
        return 1;
    }
    return 0;
}

static int queue_possible(const struct forgery *queue)
{
    const struct camfx_queue_header *h = queue->header;
    const struct camfx_control *c = queue->page;
    const unsigned __int128 total = h->first_slot_offset + (unsigned __int128)h->slot_count * h->slot_size;
    return queue->seals == ALL_SEALS && queue->size >= PAGE && h->magic == CAMFX_QUEUE_MAGIC && h->version == 1 && h->header_size == 256 && h->descriptor_size == 128
        && h->slot_count >= 3 && h->slot_count <= 64 && h->slot_size && h->slot_size % PAGE == 0 && h->slot_size <= 7680u * 4320 * 4 + PAGE
        && h->first_slot_offset >= 256 + (unsigned __int128)h->slot_count * 128 && h->first_slot_offset % PAGE == 0 && h->first_slot_offset <= 65536
        && total == h->total_size && total == (unsigned __int128)queue->size && h->frame_size && h->frame_size <= h->slot_size
        && h->frame_rate_numerator && h->frame_rate_numerator <= INT32_MAX && h->frame_rate_denominator && h->frame_rate_denominator <= INT32_MAX
        && format_possible(&h->format, h->frame_size)
        && c->magic == CAMFX_CONTROL_MAGIC && c->version == 1 && c->share <= 62 && c->generation == h->generation;
}

/* Reads every byte of every plane; they must lie between start and end. */
static void touch(const struct camfx_frame *frame, const uint8_t *start, size_t size)
{
    for (unsigned plane = 0; plane < frame->format.plane_count; plane++) {
        uint64_t rows, row = camfx_plane_shape(&frame->format, plane, &rows);
        for (uint64_t y = 0; y < rows; y++) {
            const uint8_t *at = frame->plane[plane] + y * frame->stride[plane];
            if (at < start || at + row > start + size) violation("a row lies outside its frame");
            for (uint64_t x = 0; x < row; x++) sum += at[x];
        }
    }
}

/* Puts something on the client's socket, and often what it expects least. */
static void send_message(int socket, const struct forgery *queue)
{
    union { struct camfx_refused refused; struct camfx_welcome welcome; uint8_t bytes[256]; uint32_t kind; } message = { .kind = below(6) };
    union { struct cmsghdr align; char bytes[CMSG_SPACE(3 * sizeof(int))]; } control = { .bytes = { 0 } };
    struct iovec part = { &message, message.kind == CAMFX_WELCOME && below(4) ? sizeof message.welcome : 1 + below(256) };
    struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
    const unsigned count = message.kind == CAMFX_WELCOME && below(2) ? 2 : below(4);
    const int fds[3] = { queue->memory, below(8) ? queue->control : queue->memory, socket };
    message.refused.length = (uint32_t)changed(240, 32);
    memset(message.refused.text, 'x', sizeof message.refused.text);
    if (count) {
        header.msg_control = &control;
        header.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *part_of = CMSG_FIRSTHDR(&header);
        part_of->cmsg_level = SOL_SOCKET;
        part_of->cmsg_type = SCM_RIGHTS;
        part_of->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(part_of), fds, count * sizeof(int));
    }
    sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* What a look for the newest frame must come to while nobody writes: 1 a frame, 0 none, -1 an impossible one. */
static int expected(const struct camfx_queue *queue, const struct forgery *forged)
{
    const uint64_t newest = forged->header->newest, slot = newest & 0xff;
    const struct camfx_format *format = &queue->header.format;
    if (newest >> 8 <= queue->last) return 0;
    if (slot >= queue->header.slot_count) return -1;
    const struct camfx_slot *found = forged->slots + slot;
    if (found->sequence != newest >> 8) return 0;
    return found->format.fourcc == format->fourcc && found->format.width == format->width && found->format.height == format->height
        && found->bytes_used <= queue->header.slot_size && format_possible(&found->format, queue->header.frame_size) ? 1 : -1;
}

static void check_frame(const struct camfx_queue *queue, const struct camfx_frame *frame)
{
    const struct camfx_format *format = &queue->header.format;
    if (frame->slot >= queue->header.slot_count) violation("a frame is in an impossible slot");
    if (frame->format.fourcc != format->fourcc || frame->format.width != format->width || frame->format.height != format->height)
        violation("a frame is of another format or size than its queue");
}

static void call(struct camfx_queue *queue, const struct forgery *forged, int socket, struct camfx_frame *held, int *holding)
{
    struct camfx_frame frame;
    int result = 0;
    const int still = !in_storm && below(2), known = still ? expected(queue, forged) : 0;
    const struct forgery *other = adversary;
    if (still) adversary = NULL;
    steps = 0;
    switch (below(6)) {
    case 0: case 1:
        if (*holding) break;
        result = camfx_queue_acquire(queue, &frame);
        if (still && queue->share && result != known) violation("a frame is judged wrongly");
        if (result != 1) break;
        *holding = 1;
        *held = frame;
        frames++;
        check_frame(queue, &frame);
        touch(&frame, queue->memory + queue->header.first_slot_offset + frame.slot * queue->header.slot_size, queue->header.slot_size);
        break;
    case 2: {
        uint8_t *copy = malloc(queue->header.frame_size);
        result = camfx_queue_copy(queue, copy, queue->header.frame_size, &frame);
        if (still && result != known) violation("a frame is judged wrongly");
        if (result == 1) {
            copies++;
            check_frame(queue, &frame);
            touch(&frame, copy, queue->header.frame_size);
        }
        free(copy);
        break;
    }
    case 3:
        if (*holding) camfx_queue_release(queue, held);
        *holding = 0;
        break;
    default:
        if (*holding) camfx_queue_release(queue, held);
        *holding = 0;
        if (below(2)) send_message(socket, forged);
        result = camfx_queue_wait(queue, queue->last, 0);
        break;
    }
    adversary = other;
    if (result < 0) broken++;
    if (steps > longest) longest = steps;
    if (steps > MOST_STEPS) violation("a call takes too many steps");
}

static void read_queue(const struct forgery *forged, int calls)
{
    struct camfx_queue queue = { .socket = -1 };
    struct camfx_frame held;
    int holding = 0, pair[2];
    const int still = !in_storm && below(2), possible = queue_possible(forged);
    adversary = still || in_storm ? NULL : forged;
    const int accepted = camfx_queue_attach(&queue, forged->memory, forged->control) == 0;
    if (still && accepted != possible) violation(accepted ? "an impossible queue is accepted" : queue.error);
    if (!accepted) {
        adversary = NULL;
        refused++;
        return;
    }
    attached++;
    adversary = in_storm ? NULL : forged;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) abort();
    queue.socket = pair[0];
    for (int i = 0; i < calls && queue.memory; i++) {
        if (!in_storm && below(2)) forge_frame(forged);
        call(&queue, forged, pair[1], &held, &holding);
    }
    adversary = NULL;
    camfx_queue_close(&queue);
    close(pair[1]);
}

static void *never_rest(void *argument)
{
    const struct forgery *queue = ((void **)argument)[0];
    for (long left = *(long *)((void **)argument)[1]; left > 0; left--) {
        forge_frame(queue);
        if (left % 8 == 0) restore(queue);
    }
    *(long *)((void **)argument)[1] = 0;
    return NULL;
}

/* The client beside a producer on another thread. */
static void storm(const struct forgery *queue, long count)
{
    volatile long left = count;
    void *arguments[2] = { (void *)queue, (void *)&left };
    in_storm = 1;
    pthread_t thread;
    if (pthread_create(&thread, NULL, never_rest, arguments) != 0) abort();
    while (left) read_queue(queue, 16);
    pthread_join(thread, NULL);
}

static int count_lines(const char *path, const char *what)
{
    char line[512];
    int count = 0;
    if (!what) {
        DIR *folder = opendir(path);
        while (readdir(folder)) count++;
        closedir(folder);
        return count;
    }
    FILE *file = fopen(path, "r");
    while (fgets(line, sizeof line, file)) count += strstr(line, what) != NULL;
    fclose(file);
    return count;
}

static void test_footprint(void)
{
    struct forgery queue = forge(TOTAL, ALL_SEALS);
    const int files = count_lines("/proc/self/fd", NULL), maps = count_lines("/proc/self/maps", "camfx-forged");
    for (int i = 0; i < 10000; i++) read_queue(&queue, 2), restore(&queue);
    report("10,000 cycles leave no descriptor and no mapping", count_lines("/proc/self/fd", NULL) == files && count_lines("/proc/self/maps", "camfx-forged") == maps);
}

static int refuses(int memory, const char *why)
{
    struct forgery queue = forge(TOTAL, ALL_SEALS);
    struct camfx_queue reader = { .socket = -1 };
    const int refusal = camfx_queue_attach(&reader, memory, queue.control);
    if (refusal == 0 || strcmp(reader.error, why)) fprintf(stderr, "camfx-fuzz: '%s', expected '%s'\n", refusal ? reader.error : "accepted", why);
    return refusal < 0 && !strcmp(reader.error, why);
}

static void test_files(void)
{
    int ends[2], huge = memfd_create("camfx-huge", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_HUGETLB);
    report("a pipe is refused", pipe(ends) == 0 && refuses(ends[0], "the descriptor is no memfd"));
    report("a folder is refused", refuses(open("/", O_RDONLY), "the descriptor is no memfd"));
    report("/dev/zero is refused", refuses(open("/dev/zero", O_RDWR), "the descriptor is no memfd"));
    report("a file of another file system is refused", refuses(open("/proc/self/maps", O_RDONLY), "the memory is not on tmpfs"));
    report("unsealed memory is refused", refuses(forge(TOTAL, 0).memory, "the memory is not sealed"));
    report("memory that could be punched is refused", refuses(forge(TOTAL, CONTROL_SEALS).memory, "the memory is not sealed"));
    report("sparse memory of 64 GB is refused", refuses(forge(INT64_C(64) << 30, ALL_SEALS).memory, "the memory has an impossible size"));
    report("empty memory is refused", refuses(forge(0, ALL_SEALS).memory, "the memory has an impossible size"));
    report("truncated memory is refused", refuses(forge(TOTAL - 1, ALL_SEALS).memory, "the memory has another size than its header says"));
    if (huge >= 0 && ftruncate(huge, 2 << 20) == 0) report("memory in huge pages is refused", refuses(huge, "the memory is not on tmpfs"));
}

/* A byte beside the mapping must end the process. */
static void test_guards(void)
{
    struct forgery queue = forge(TOTAL, ALL_SEALS);
    struct camfx_queue reader = { .socket = -1 };
    if (camfx_queue_attach(&reader, queue.memory, queue.control) < 0) violation(reader.error);
    for (int side = 0; side < 2; side++) {
        int status;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            fclose(stderr);
            close(2);
            sum += ((volatile uint8_t *)reader.memory)[side ? TOTAL : -1];
            _exit(0);
        }
        waitpid(child, &status, 0);
        report(side ? "a read after the mapping ends the process" : "a read before the mapping ends the process", status != 0);
    }
    camfx_queue_close(&reader);
}

int main(int argc, char **argv)
{
    if (argc != 3) return fprintf(stderr, "camfx-fuzz SEED MUTATIONS\n"), 2;
    seed = strtoull(argv[1], NULL, 10);
    const long count = atol(argv[2]);
    results = getenv("RESULTS");
    __sanitizer_set_death_callback(tell_case);
    test_guards();
    test_files();
    test_footprint();
    const int64_t sizes[] = { TOTAL, TOTAL, TOTAL, TOTAL, TOTAL, TOTAL, TOTAL + PAGE, TOTAL - PAGE, TOTAL + 1, PAGE, 100, 129 * PAGE, 133 * PAGE };
    struct forgery queues[sizeof sizes / sizeof *sizes];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) queues[i] = forge(sizes[i], i == 5 ? CONTROL_SEALS : ALL_SEALS);
    attached = refused = frames = copies = broken = mutations = 0;
    for (number = 0; mutations < count - count / 5; number++) {
        random_state = mix(seed) ^ mix((uint64_t)number + 1);
        const struct forgery *queue = queues + below(sizeof sizes / sizeof *sizes);
        restore(queue);
        for (unsigned changes = below(3); changes > 0; changes--) forge_header(queue);
        read_queue(queue, 8);
    }
    printf("     C client: %ld attached, %ld refused, %ld frames and %ld copies read to the last byte, %ld calls refused, longest call %ld steps\n", attached, refused, frames,
        copies, broken, longest);
    restore(queues);
    storm(queues, count / 5);
    report("no crash, no hang, no violation", frames > 100 && copies > 100 && refused > 100);
    printf("     C client: %ld mutations\n", mutations);
    return failed;
}
