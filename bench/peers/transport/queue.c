/* queue: the consumer of camfx's frame queue, by sdk/c/camfx-queue.h. Its producer is C#: Camfx.Bench transport-writer. ADDRESS is the socket. */
#include "../../../sdk/c/camfx-queue.h"

#include "peer.h"

int main(int argc, char **argv)
{
    struct peer peer = peer_of(argc, argv);
    struct camfx_queue queue;
    if (peer.produces)
        return 2;
    if (camfx_queue_connect(&queue, peer.address, 0, 2) < 0) {
        fprintf(stderr, "queue: %s\n", queue.error);
        return 1;
    }
    while (camfx_queue_wait(&queue, queue.last, 5000) == 1) {
        struct camfx_frame frame;
        if (camfx_queue_acquire(&queue, &frame) != 1)
            continue;
        picture_arrived(frame.plane[0]);
        int whole = picture_check(frame.plane[0]);
        if (picture_done(whole, camfx_queue_release(&queue, &frame) == 1)) {
            camfx_queue_close(&queue);
            return 0;
        }
    }
    fprintf(stderr, "queue: the producer ended early. %s\n", queue.error);
    return 1;
}
