"""A producer of flat pictures. Usage: produce.py SDK_FOLDER NAME WIDTH HEIGHT FPS LUMA

A line "WIDTH HEIGHT" on stdin changes the size. It ends when stdin does.
"""
import os
import select
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import camfx_queue

name, (width, height, fps, luma) = sys.argv[2], map(int, sys.argv[3:7])
with camfx_queue.produce(name, width, height, fps) as producer:
    while True:
        with producer.frame() as picture:
            for plane, value in enumerate((luma, 128, 128)):
                room = picture.plane(plane)
                room[:] = bytes([value]) * len(room)
        if producer.sequence == 1:
            print("ready", flush=True)
        producer.pace()
        if select.select([0], [], [], 0)[0]:
            line = os.read(0, 100).decode().split()
            if not line:
                break
            producer.change(*map(int, line))
