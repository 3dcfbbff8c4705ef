"""Produces a queue whose frames carry a checksum in every word. Usage: produce_queue.py SDK_FOLDER PATH WIDTH HEIGHT LEASES

Lines on stdin steer it, each answered by one line: "publish N", "begin" (and draw), "abandon", "change WIDTH HEIGHT", "stats", "close"; "run"
publishes without end.
"""
import array
import os
import select
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import camfx_queue


def draw(producer, picture):
    first = (producer.sequence + 1) * 0x9E3779B97F4A7C15
    size = picture.format.width * picture.format.height * 3 // 2 // 8 * 8
    words = array.array("Q", [(first + i) % 2**64 for i in range(size // 8)]).tobytes()
    at = 0
    for plane in range(3):
        room = picture.plane(plane)
        room[:len(words[at:at + len(room)])] = words[at:at + len(room)]
        at += len(room)


def publish(producer):
    with producer.frame() as picture:
        draw(producer, picture)
        picture.capture_time, picture.presentation_time = producer.sequence + 1, producer.sequence + 2


def obey(producer, word, *numbers):
    if word == "publish":
        for _ in range(numbers[0]):
            publish(producer)
    if word == "begin":
        draw(producer, producer.begin())
    if word == "abandon":
        producer.abandon()
    while word == "run":
        publish(producer)
    if word == "change":
        producer.change(*numbers)
    if word == "close":
        producer.close()
    consumers = 0 if word == "close" else producer.poll()
    print("sequence", producer.sequence, "revoked", producer.revoked, "consumers", consumers, "free", producer._leases - producer._granted, flush=True)


try:
    with camfx_queue.produce(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), leases=int(sys.argv[5])) as producer:
        print("ready", flush=True)
        line = "-"
        while line and line != "close":
            producer.poll(0.001)
            if select.select([0], [], [], 0)[0]:
                line = os.read(0, 100).decode().strip()
                if line:
                    word, *numbers = line.split()
                    obey(producer, word, *map(int, numbers))
except camfx_queue.QueueError as failure:
    sys.exit(str(failure))
