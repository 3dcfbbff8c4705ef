/*
 * The picture that every transport carries, drawn and checked by the same code, and a meter beside it. A picture says its number, when it was
 * handed over, and the sum of all its words, so whoever reads all of it knows how old it is and whether it is whole.
 *
 * The meter keeps the CPU time of drawing and checking apart: what a process used besides is the transport's. It looks at the pictures after the
 * first `warm`, up to number `frames`, and prints them as one line of JSON; the producer prints "ready" before and "begin" when that starts.
 *
 * Producer: picture_pace, picture_draw, picture_stamp, hand over, picture_sent. Consumer: picture_arrived, picture_check, give back, picture_done.
 * One thread.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdint.h>

enum { PICTURE_WIDTH = 1920, PICTURE_HEIGHT = 1080, PICTURE_BYTES = PICTURE_WIDTH * PICTURE_HEIGHT * 3 / 2 };

/* A producer goes on for so many pictures, so that nobody misses the last one measured. */
enum { PICTURE_TAIL = 20 };

/* With stall_ns the consumer stands still that long in the midst of every tenth picture, as one that lost its processor. */
void picture_begin(uint64_t warm, uint64_t frames, uint32_t rate, int64_t stall_ns);

/* Sleeps until the next picture is due and returns its number, 1 for the first; 0 after the last. */
uint64_t picture_pace(void);
void picture_draw(void *pixels, uint64_t number);
void picture_stamp(void *pixels);
void picture_sent(uint64_t number);

/* The consumer has the picture, but did not look at it yet. */
void picture_arrived(const void *pixels);
int picture_check(const void *pixels);

/* `accepted`: the transport says it is whole. Returns whether it was the last one. */
int picture_done(int whole, int accepted);

/* memcpy of a picture, for transports that copy; may stand still in its midst. */
void picture_copy(void *to, const void *from);
void picture_pause(void);

int64_t picture_now(void);

#endif
