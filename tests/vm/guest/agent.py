#!/usr/bin/env python3
"""The guest's half of tests/vm/run.py: reads requests from the control port, one JSON object a line, and answers each with one.

    {"warm": SCRIPT}                       run it, let everything come to rest: {"warm": true}; the host then saves the machine
    {"run": SCRIPT, "user": NAME, "setup": SCRIPT, "time": SECONDS}
                                           run both in the host's folder, the set-up first and as root: {"started": true}, {"exit": STATUS}; power off
"""
import json
import os
import pwd
import subprocess
import time

PORTS = "/dev/virtio-ports/camfx."
HOST = "/mnt/host"


def wait_for(what, seconds=60):
    ends = time.monotonic() + seconds
    while not what() and time.monotonic() < ends:
        time.sleep(0.2)


def shell(script, user="root", **streams):
    person = pwd.getpwnam(user)
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": person.pw_dir, "USER": user, "LOGNAME": user, "SHELL": "/bin/bash"}
    if user != "root":
        runtime = f"/run/user/{person.pw_uid}"
        environment |= {"XDG_RUNTIME_DIR": runtime, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus"}
        wait_for(lambda: os.path.exists(f"{runtime}/bus"))
        streams |= {"user": user, "group": person.pw_gid, "extra_groups": os.getgrouplist(user, person.pw_gid)}
    return subprocess.run(["bash", "-c", script], env=environment, stdin=subprocess.DEVNULL, start_new_session=True, check=False, **streams).returncode


def main():
    wait_for(lambda: all(os.path.exists(PORTS + name) for name in ("control", "out", "err")))
    control = os.open(PORTS + "control", os.O_RDWR)
    answer = lambda **what: os.write(control, json.dumps(what).encode() + b"\n")    # noqa: E731
    with os.fdopen(control, "rb", closefd=False) as requests:
        while line := requests.readline():
            request = json.loads(line)
            if "warm" in request:
                subprocess.run(["udevadm", "settle"], check=False)
                wait_for(lambda: all(os.path.exists(f"/run/user/{uid}/bus") for uid in (1000, 1001)))
                shell(request["warm"])
                os.sync()
                time.sleep(1)
                answer(warm=True)
                continue
            time.clock_settime(time.CLOCK_REALTIME, request["time"])
            subprocess.run(["mount", "-t", "9p", "-o", "trans=virtio,version=9p2000.L,msize=512000,cache=loose", "host", HOST], check=True)
            os.chdir(HOST)
            answer(started=True)
            with open(PORTS + "out", "wb", buffering=0) as out, open(PORTS + "err", "wb", buffering=0) as err:
                status = shell(request["setup"], stdout=out, stderr=err) or shell(request["run"], request["user"], stdout=out, stderr=err)
            os.chdir("/")
            os.sync()
            answer(exit=status)
            subprocess.run(["systemctl", "poweroff", "-ff"], check=False)
            return


if __name__ == "__main__":
    main()
