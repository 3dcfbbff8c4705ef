#!/usr/bin/env python3
"""manager.py SOCKET COMMAND…   what systemd does for a service: keeps its descriptors, starts it anew when it ends, ends with it on SIGTERM.

Prints a line for each start of the command (its process id) and for each descriptor it keeps or lets go.
"""
import array
import os
import select
import signal
import socket
import sys

path, command = sys.argv[1], sys.argv[2:]
kept = []           # (name, descriptor), as systemd has them: a name may come twice
ending = False
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind(path)


def start():
    names, fds = [name for name, _ in kept], [fd for _, fd in kept]
    pid = os.fork()
    if pid == 0:
        high = [os.dup2(fd, 400 + index, inheritable=True) for index, fd in enumerate(fds)]
        for index, fd in enumerate(high):
            os.dup2(fd, 3 + index, inheritable=True)
            os.close(fd)
        environment = {**os.environ, "NOTIFY_SOCKET": path, "LISTEN_PID": str(os.getpid()), "LISTEN_FDS": str(len(fds)), "LISTEN_FDNAMES": ":".join(names)}
        os.execvpe(command[0], command, environment)
    print("start", pid, flush=True)
    return pid


def hear():
    """One message: FDSTORE, FDSTOREREMOVE, BARRIER; everything else is passed over."""
    data, control, _, _ = notify.recvmsg(4096, socket.CMSG_SPACE(64), socket.MSG_CMSG_CLOEXEC)
    fds = array.array("i")
    for level, kind, value in control:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(value[:len(value) - len(value) % fds.itemsize])
    fields = dict(line.split("=", 1) for line in data.decode().splitlines())
    if fields.get("FDSTORE") == "1" and fields.get("FDPOLL") == "0":
        kept.extend((fields["FDNAME"], fd) for fd in fds)
        print("keep", fields["FDNAME"], flush=True)
        return
    if fields.get("FDSTOREREMOVE") == "1":
        for entry in [entry for entry in kept if entry[0] == fields["FDNAME"]]:
            kept.remove(entry)
            os.close(entry[1])
            print("drop", entry[0], flush=True)
    for fd in fds:
        os.close(fd)


def end(*_):
    global ending
    ending = True
    os.kill(child, signal.SIGTERM)


signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGCHLD, lambda *_: None)
reading, writing = os.pipe()
os.set_blocking(writing, False)
signal.set_wakeup_fd(writing)
child = start()
while True:
    ready, _, _ = select.select([notify, reading], [], [])
    if notify in ready:
        hear()
    if reading in ready:
        os.read(reading, 64)
        if os.waitpid(child, os.WNOHANG)[0] == child:
            if ending:
                break
            while select.select([notify], [], [], 0)[0]:        # what it said last
                hear()
            child = start()
