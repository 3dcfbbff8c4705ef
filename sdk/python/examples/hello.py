# SPDX-License-Identifier: MIT
"""The shortest source.   python3 hello.py & camfx run --source queue:hello"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import camfx_queue

WIDTH, HEIGHT = 640, 360

with camfx_queue.produce("hello", WIDTH, HEIGHT, fps=30) as producer:
    while True:
        with producer.frame() as picture:
            luma, shift = picture.plane(0), producer.sequence * 4
            for y in range(HEIGHT):
                luma[y * WIDTH:(y + 1) * WIDTH] = bytes([16 + (y + shift) % 220]) * WIDTH
            picture.plane(1)[:] = bytes([90]) * len(picture.plane(1))
            picture.plane(2)[:] = bytes([160]) * len(picture.plane(2))
        producer.pace()
