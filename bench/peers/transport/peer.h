/* The command line of a peer: PEER produce|consume ADDRESS WARM FRAMES RATE [STALL_MS [POLL_US]] */
#ifndef PEER_H
#define PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"

struct peer {
    int produces;
    const char *address;
    uint32_t rate;
    int64_t poll_ns; /* how often a polling consumer looks; 0: once a frame */
};

static inline struct peer peer_of(int argc, char **argv)
{
    if (argc < 6 || atoi(argv[5]) < 1) {
        fprintf(stderr, "usage: %s produce|consume ADDRESS WARM FRAMES RATE [STALL_MS [POLL_US]]\n", argv[0]);
        exit(2);
    }
    struct peer peer = { !strcmp(argv[1], "produce"), argv[2], (uint32_t)atoi(argv[5]), argc > 7 ? atoll(argv[7]) * 1000 : 0 };
    picture_begin(strtoull(argv[3], NULL, 10), strtoull(argv[4], NULL, 10), peer.rate, argc > 6 ? atoll(argv[6]) * 1000000 : 0);
    return peer;
}

static inline void peer_ready(void)
{
    puts("ready");
    fflush(stdout);
}

static inline void peer_require(int fine, const char *what)
{
    if (fine)
        return;
    perror(what);
    exit(1);
}

static inline void *peer_canvas(void)
{
    void *canvas = aligned_alloc(4096, (PICTURE_BYTES + 4095) / 4096 * 4096);
    peer_require(canvas != NULL, "memory");
    return canvas;
}

#endif
