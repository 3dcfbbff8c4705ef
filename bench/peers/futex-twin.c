/*
 * The least a wake-up between processes can cost: one word in shared memory, N processes asleep on it by futex(2), and a publisher that writes the
 * time, changes the word and wakes them all. Nothing is leased, checked or drawn. Usage: futex-twin PROCESSES WAKES INTERVAL_NS
 * Prints each process's latencies in ns, one a line.
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
    _Alignas(64) _Atomic uint32_t word;
    _Atomic int64_t published;
    _Alignas(64) _Atomic uint32_t ready;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void wait_for_wakes(struct shared *shared, uint32_t wakes, int64_t *latencies)
{
    atomic_fetch_add(&shared->ready, 1);
    uint32_t seen = 0;
    while (seen < wakes) {
        syscall(SYS_futex, &shared->word, FUTEX_WAIT, seen, NULL, NULL, 0);
        uint32_t word = atomic_load(&shared->word);
        if (word == seen) continue;
        latencies[word - 1] = now() - atomic_load(&shared->published);
        seen = word;
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    int processes = atoi(argv[1]);
    uint32_t wakes = (uint32_t)atoi(argv[2]);
    int64_t interval = atoll(argv[3]);
    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int64_t *latencies = mmap(NULL, (size_t)processes * wakes * sizeof *latencies, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED || latencies == MAP_FAILED) return 1;
    for (int i = 0; i < processes; i++) {
        if (fork() != 0) continue;
        wait_for_wakes(shared, wakes, latencies + (size_t)i * wakes);
        _exit(0);
    }
    while (atomic_load(&shared->ready) < (uint32_t)processes) usleep(1000);
    int64_t next = now() + interval;
    for (uint32_t wake = 1; wake <= wakes; wake++, next += interval) {
        struct timespec due = { next / 1000000000, next % 1000000000 };
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
        atomic_store(&shared->published, now());
        atomic_store(&shared->word, wake);
        syscall(SYS_futex, &shared->word, FUTEX_WAKE, 0x7fffffff, NULL, NULL, 0);
    }
    while (wait(NULL) > 0) { }
    for (size_t i = 0; i < (size_t)processes * wakes; i++)
        if (latencies[i]) printf("%lld\n", (long long)latencies[i]);
    return 0;
}
