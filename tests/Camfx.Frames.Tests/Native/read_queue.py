"""Reads a queue whose frames carry a checksum in every word. Usage: read_queue.py SDK_FOLDER PATH FRAMES"""
import struct
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import camfx_queue

frames = torn = 0
with camfx_queue.connect(sys.argv[2]) as queue:
    print("ready share", queue.share, flush=True)
    for frame in queue.frames(timeout=20):
        luma = frame.plane(0)
        words = struct.unpack(f"<{len(luma) // 8}Q", luma[:len(luma) // 8 * 8])
        first = frame.sequence * 0x9E3779B97F4A7C15
        seen = all(word == (first + i) % 2**64 for i, word in enumerate(words))
        array = sys.modules.get("numpy") is None or frame.array(0)[0, 0] == luma[0]
        del luma
        if frame.release():
            frames += 1
            torn += not (seen and array)
        if frames == int(sys.argv[3]):
            break
print("frames", frames, "torn", torn, flush=True)
