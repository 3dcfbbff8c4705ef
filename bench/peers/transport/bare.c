/* bare: draws and checks in one process, with no transport between: what the pictures alone cost. ADDRESS is not used. */
#include "peer.h"

int main(int argc, char **argv)
{
    uint64_t number;
    peer_of(argc, argv);
    void *canvas = peer_canvas();
    peer_ready();
    while ((number = picture_pace())) {
        picture_draw(canvas, number);
        picture_stamp(canvas);
        if (!picture_check(canvas))
            return 1;
        picture_sent(number);
    }
    return 0;
}
