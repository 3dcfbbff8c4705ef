/* queue: camfx's frame queue by sdk/c/camfx-queue.h. camfx's own producer is C#: Camfx.Bench transport-writer. ADDRESS is the socket. */
#include "../../../sdk/c/camfx-queue.h"

#include "peer.h"

static int produce(const struct peer *peer)
{
    struct camfx_producer producer;
    struct camfx_producer_options options = {
        .width = PICTURE_WIDTH, .height = PICTURE_HEIGHT, .rate_numerator = peer->rate, .rate_denominator = 1,
    };
    uint64_t number;
    if (camfx_producer_open(&producer, peer->address, &options) < 0) {
        fprintf(stderr, "queue: %s\n", producer.error);
        return 1;
    }
    peer_ready();
    while ((number = picture_pace())) {
        struct camfx_picture picture;
        if (camfx_producer_begin(&producer, &picture) != 1)
            return 1;
        picture_draw(picture.plane[0], number);
        picture_stamp(picture.plane[0]);
        camfx_producer_publish(&producer, &picture);
        picture_sent(number);
    }
    camfx_producer_close(&producer);
    return 0;
}

static int consume(const struct peer *peer)
{
    struct camfx_queue queue;
    if (camfx_queue_connect(&queue, peer->address, 0, 2) < 0) {
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

int main(int argc, char **argv)
{
    struct peer peer = peer_of(argc, argv);
    return peer.produces ? produce(&peer) : consume(&peer);
}
