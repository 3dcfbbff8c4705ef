/* See picture.h. Built into every peer, and as a library for the camfx side, which is C#. */
#define _GNU_SOURCE
#include "picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct picture {
    uint64_t number, checksum;
    int64_t stamp;
    uint64_t words[PICTURE_BYTES / sizeof(uint64_t) - 3];
};

enum { WORDS = PICTURE_BYTES / sizeof(uint64_t) - 3, STALL_EVERY = 10 };

_Static_assert(sizeof(struct picture) == PICTURE_BYTES, "the picture fills the frame");

static struct {
    uint64_t warm, frames, number, begun_with, taken, missed, torn, discarded, count;
    int64_t interval, stall, next, stamp, cpu, pixels, pixels_before;
    int64_t *times;
    int begun, ended, paused;
} meter;

static int64_t clock_ns(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t picture_now(void) { return clock_ns(CLOCK_MONOTONIC); }

void picture_begin(uint64_t warm, uint64_t frames, uint32_t rate, int64_t stall_ns)
{
    meter.warm = warm;
    meter.frames = frames;
    meter.interval = 1000000000 / rate;
    meter.stall = stall_ns;
    meter.times = calloc(frames + 1, sizeof *meter.times);
    if (!meter.times)
        abort();
}

static void print_report(void)
{
    printf("{\"frames\": %llu, \"cpu\": %lld, \"pixels\": %lld, \"missed\": %llu, \"torn\": %llu, \"discarded\": %llu, \"times\": [",
        (unsigned long long)(meter.number - meter.begun_with), (long long)meter.cpu, (long long)(meter.pixels - meter.pixels_before),
        (unsigned long long)meter.missed, (unsigned long long)meter.torn, (unsigned long long)meter.discarded);
    for (uint64_t i = 0; i < meter.count; i++)
        printf("%s%lld", i ? ", " : "", (long long)meter.times[i]);
    puts("]}");
    fflush(stdout);
}

/* One picture is over: the measured time may begin with it or end with it. */
static void step(int says_begin)
{
    if (!meter.begun && meter.number >= meter.warm) {
        if (says_begin) {
            puts("begin");
            fflush(stdout);
        }
        meter.begun = 1;
        meter.begun_with = meter.number;
        meter.pixels_before = meter.pixels;
        meter.count = meter.missed = meter.torn = meter.discarded = 0;
        meter.cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    } else if (!meter.ended && meter.number >= meter.frames) {
        meter.cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - meter.cpu;
        meter.ended = 1;
        print_report();
    }
}

static void keep(int64_t time)
{
    if (!meter.ended && meter.count < meter.frames)
        meter.times[meter.count++] = time;
}

uint64_t picture_pace(void)
{
    if (!meter.next)
        meter.next = picture_now();
    if (meter.number >= meter.frames + PICTURE_TAIL)
        return 0;
    struct timespec due = { meter.next / 1000000000, meter.next % 1000000000 };
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    meter.next += meter.interval;
    return meter.number + 1;
}

void picture_draw(void *pixels, uint64_t number)
{
    int64_t begin = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    struct picture *picture = pixels;
    uint64_t value = number * UINT64_C(0x9e3779b97f4a7c15), sum = 0;
    picture->number = number;
    for (int i = 0; i < WORDS; i++) {
        picture->words[i] = value;
        sum += value;
        value += UINT64_C(0x0101010101010101);
    }
    picture->checksum = sum;
    meter.pixels += clock_ns(CLOCK_THREAD_CPUTIME_ID) - begin;
}

void picture_stamp(void *pixels) { ((struct picture *)pixels)->stamp = meter.stamp = picture_now(); }

void picture_sent(uint64_t number)
{
    keep(picture_now() - meter.stamp);
    meter.number = number;
    step(1);
}

void picture_arrived(const void *pixels)
{
    const struct picture *picture = pixels;
    int64_t age = picture_now() - picture->stamp;
    if (picture->number > meter.number + 1)
        meter.missed += picture->number - meter.number - 1;
    meter.number = picture->number;
    keep(age);
}

void picture_pause(void)
{
    if (!meter.stall || meter.paused || meter.taken % STALL_EVERY)
        return;
    struct timespec time = { meter.stall / 1000000000, meter.stall % 1000000000 };
    meter.paused = 1;
    nanosleep(&time, NULL);
}

int picture_check(const void *pixels)
{
    int64_t begin = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    const struct picture *picture = pixels;
    uint64_t sum = 0, expected = picture->checksum;
    for (int i = 0; i < WORDS / 2; i++)
        sum += picture->words[i];
    picture_pause();
    for (int i = WORDS / 2; i < WORDS; i++)
        sum += picture->words[i];
    meter.pixels += clock_ns(CLOCK_THREAD_CPUTIME_ID) - begin;
    return sum == expected;
}

int picture_done(int whole, int accepted)
{
    meter.torn += !whole && accepted;
    meter.discarded += !accepted;
    meter.taken++;
    meter.paused = 0;
    step(0);
    return meter.ended;
}

void picture_copy(void *to, const void *from)
{
    const size_t half = PICTURE_BYTES / 2;
    memcpy(to, from, half);
    picture_pause();
    memcpy((char *)to + half, (const char *)from + half, PICTURE_BYTES - half);
}
