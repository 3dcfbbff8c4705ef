/* socket: raw pictures one behind the other through a Unix stream socket, as it comes from the kernel. ADDRESS is its path. */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "peer.h"

static int produce(const struct sockaddr_un *address)
{
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    uint64_t number;
    peer_require(bind(listener, (const struct sockaddr *)address, sizeof *address) == 0 && listen(listener, 1) == 0, address->sun_path);
    char *canvas = peer_canvas();
    peer_ready();
    int fd = accept(listener, NULL, NULL);
    peer_require(fd >= 0, "accept");
    signal(SIGPIPE, SIG_IGN);
    while ((number = picture_pace())) {
        picture_draw(canvas, number);
        picture_stamp(canvas);
        for (size_t sent = 0; sent < PICTURE_BYTES;) {
            ssize_t part = write(fd, canvas + sent, PICTURE_BYTES - sent);
            if (part <= 0)
                return 0; /* the consumer has all it wanted */
            sent += (size_t)part;
        }
        picture_sent(number);
    }
    return 0;
}

static void receive(int fd, char *to, size_t from, size_t end)
{
    while (from < end) {
        ssize_t part = read(fd, to + from, end - from);
        peer_require(part > 0, "the producer ended early");
        from += (size_t)part;
    }
}

static int consume(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    peer_require(connect(fd, (const struct sockaddr *)address, sizeof *address) == 0, address->sun_path);
    char *canvas = peer_canvas();
    do {
        receive(fd, canvas, 0, PICTURE_BYTES / 2);
        picture_pause();
        receive(fd, canvas, PICTURE_BYTES / 2, PICTURE_BYTES);
        picture_arrived(canvas);
    } while (!picture_done(picture_check(canvas), 1));
    return 0;
}

int main(int argc, char **argv)
{
    struct peer peer = peer_of(argc, argv);
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(peer.address) >= sizeof address.sun_path)
        return 2;
    strcpy(address.sun_path, peer.address);
    return peer.produces ? produce(&address) : consume(&address);
}
